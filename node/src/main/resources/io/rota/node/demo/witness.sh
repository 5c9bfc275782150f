# Sourced by the demo's tasks: writes one line per event to witness.log, each with a single append.
# uptime event task run token node
witness() {
    read -r uptime _ < /proc/uptime
    echo "$uptime $1 $ROTA_TASK $ROTA_RUN_ID ${ROTA_TOKEN:--} $ROTA_NODE" >> witness.log
}

ended() {
    witness end
    exit 0
}
trap ended TERM
witness start
