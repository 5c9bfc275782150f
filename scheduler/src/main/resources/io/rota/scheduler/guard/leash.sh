# Ends every task process of a node when its guard is gone, or has said nothing for too long.
# $1 directory of the guard's list; $2 its control group, or empty; $3 the mark that begins each run's mark
# stdin  records of 16 bytes: the uptime, in hundredths of a second, by which the next one must be here
list=$1 group=$2 mark=$3

now() {
  read -r up rest </proc/uptime
  now=${up%.*}${up#*.}
}

take() {
  timeout "$1" dd bs=16 count=1 2>/dev/null
}

# What waits in the pipe, without waiting for it: opened anew, since the flag would stay with stdin.
waiting() {
  dd if=/proc/self/fd/0 iflag=nonblock bs=16 count=1 2>/dev/null
}

# A record that is waiting is always read before the end: whoever was held up itself blames nobody.
now
until=$((now + 1000))
while :; do
  now
  wait=$((until - now))
  [ "$wait" -gt 5 ] || wait=5
  record=$(take "$((wait / 100)).$((wait / 10 % 10))$((wait % 10))") || record=$(waiting) || break
  [ -n "$record" ] || break
  until=${record##* }
done

in_group() {
  cat "$group"/cgroup.procs "$group"/*/cgroup.procs "$group"/*/*/cgroup.procs 2>/dev/null
}

marked() {
  grep -lz "^$mark" /proc/[0-9]*/environ 2>/dev/null | tr -cd '0-9\n'
}

# The process groups of the list, unless the leader's number belongs to a process that started at another time.
listed() {
  for file in "$list"/[0-9]*; do
    pid=${file##*/}
    read -r start <"$file" || continue
    if stat=$(cat "/proc/$pid/stat"); then
      set -- ${stat##*) }
      [ "${20}" = "$start" ] || continue
    fi
    echo "-$pid"
  done 2>/dev/null
}

round=0
while [ "$round" -lt 600 ]; do
  if [ -n "$group" ]; then
    { echo 1 >"$group/cgroup.kill"; } 2>/dev/null
    left=$(in_group)
    [ -z "$left" ] || kill -s KILL $left 2>/dev/null
  else
    left=$(marked)
    for pid in $(listed) $left; do kill -s KILL -- "$pid" 2>/dev/null; done
  fi
  round=$((round + 1))
  [ -n "$left" ] || [ "$round" -lt 3 ] || break
  sleep 0.05
done
