# Reads an admin port of a node that only its own network namespace can reach: one path a line on stdin; for each the
# length of the body in bytes on a line, then the body. Length 0: no answer within three seconds.
use strict;
use warnings;
use IO::Socket::INET;

my ($port) = @ARGV;
$| = 1;
binmode(STDOUT);
while (my $path = <STDIN>) {
    chomp $path;
    my $answer = '';
    eval {
        local $SIG{ALRM} = sub { die "silent\n" };
        alarm 3;
        my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port, Timeout => 2) or die "refused\n";
        print $socket "GET $path HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n";
        local $/;
        $answer = <$socket> // '';
        alarm 0;
    };
    alarm 0;
    $answer = '' unless $answer =~ m{^HTTP/1\.[01] 200};
    $answer =~ s/^.*?\r?\n\r?\n//s;
    print length($answer), "\n", $answer;
}
