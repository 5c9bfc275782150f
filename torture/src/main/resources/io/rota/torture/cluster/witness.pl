# The witness: a task that writes down its own life. It is no part of Rota and knows nothing but its environment.
#
#   witness.pl FILE BEAT_MILLIS MODE
#
# Modes: plain (ends on TERM), stubborn (ignores TERM), forker (has a grandchild in a session of its own, which ignores
# TERM too), once (ends by itself after a quarter of a second).
#
# Each line is one append of less than 4 KiB, so the order of the lines is the order in which the kernel took them:
#   nanos event task run token node root-pid pid mark
# nanos is CLOCK_MONOTONIC, one clock for all processes of the machine.
use strict;
use warnings;
use Fcntl qw(O_WRONLY O_APPEND O_CREAT);
use Time::HiRes qw(clock_gettime usleep CLOCK_MONOTONIC);

my ($file, $beat_millis, $mode) = @ARGV;
sysopen(my $out, $file, O_WRONLY | O_APPEND | O_CREAT) or die "cannot open $file: $!";
my $root = $$;
my @who = ($ENV{ROTA_TASK}, $ENV{ROTA_RUN_ID}, $ENV{ROTA_TOKEN} // '-', $ENV{ROTA_NODE});
my $mark = $ENV{ROTA_MARK} // '-';

sub tell_it {
    my ($event) = @_;
    my $nanos = sprintf('%.0f', clock_gettime(CLOCK_MONOTONIC) * 1e9);
    my $line = join(' ', $nanos, $event, @who, $root, $$, $mark) . "\n";
    my $written = syswrite($out, $line);
    die "witness cannot write: $!" unless defined $written && $written == length $line;
}

sub beat_for_ever {
    my ($event) = @_;
    while (1) {
        usleep($beat_millis * 1000);
        tell_it($event);
    }
}

sub fork_grandchild {
    require POSIX;
    my $child = fork() // die "cannot fork: $!";
    if ($child == 0) {
        POSIX::setsid();
        my $grandchild = fork() // POSIX::_exit(1);
        POSIX::_exit(0) if $grandchild;
        $SIG{TERM} = 'IGNORE';
        open(STDOUT, '>', '/dev/null');
        open(STDERR, '>', '/dev/null');
        beat_for_ever('child');
    }
    waitpid($child, 0);
}

$SIG{TERM} = $mode eq 'stubborn' ? 'IGNORE' : sub { tell_it('end'); exit 0 };
tell_it('start');
if ($mode eq 'once') {
    usleep(250_000);
    tell_it('end');
    exit 0;
}
fork_grandchild() if $mode eq 'forker';
beat_for_ever('beat');
