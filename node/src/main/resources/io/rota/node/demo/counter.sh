# Counts in a file by reading, adding one and writing back: two at once would lose a step, and the witness would show it.
. ./witness.sh
file="$ROTA_TASK.count"
while :; do
    count=0
    [ -f "$file" ] && read -r count < "$file"
    sleep 0.1
    echo $((count + 1)) > "$file"
    witness beat
    [ $((count % 20)) -eq 0 ] && echo "count $count with token $ROTA_TOKEN"
done
