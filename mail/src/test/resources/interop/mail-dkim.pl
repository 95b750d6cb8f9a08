# What Mail::DKIM makes of a message on stdin: mail-dkim.pl ACTION ZONE [DOMAIN SELECTOR KEY].
#
# ZONE holds a name and its TXT record in each line. sign and seal print the message with what was added; verify prints the
# result of each signature, validate prints the status of the ARC chain.
use strict;
use warnings;
use Mail::DKIM::ARC::Signer;
use Mail::DKIM::ARC::Verifier;
use Mail::DKIM::DNS;
use Mail::DKIM::Signer;
use Mail::DKIM::Verifier;
use Net::DNS;

package Zone {
    sub new {
        my ($class, $file) = @_;
        my %records;
        open my $in, '<', $file or die "$file: $!";
        while (<$in>) {
            chomp;
            my ($name, $text) = split / /, $_, 2;
            $records{$name} = $text;
        }
        return bless \%records, $class;
    }

    sub send {
        my ($self, $name, $type) = @_;
        my $answer = Net::DNS::Packet->new($name, $type, 'IN');
        $answer->header->qr(1);
        my $text = $self->{$name};
        if (defined $text) {
            my @strings = $text =~ /(.{1,200})/g;
            $answer->push(answer => Net::DNS::RR->new(owner => $name, type => 'TXT', ttl => 1, txtdata => \@strings));
        }
        else {
            $answer->header->rcode('NXDOMAIN');
        }
        return $answer;
    }
}

my ($action, $zone, $domain, $selector, $key) = @ARGV;
Mail::DKIM::DNS::resolver(Zone->new($zone));
binmode STDIN;
binmode STDOUT;
my $message = do { local $/; <STDIN> };
my $done = $action eq 'sign' ? Mail::DKIM::Signer->new(
        Algorithm => 'rsa-sha256',
        Method => 'relaxed/relaxed',
        Domain => $domain,
        Selector => $selector,
        KeyFile => $key)
    : $action eq 'seal' ? Mail::DKIM::ARC::Signer->new(
        Algorithm => 'rsa-sha256',
        Chain => 'ar',
        Domain => $domain,
        SrvId => "mx.$domain",
        Selector => $selector,
        KeyFile => $key)
    : $action eq 'verify' ? Mail::DKIM::Verifier->new()
    : Mail::DKIM::ARC::Verifier->new();
$done->PRINT($message);
$done->CLOSE;
if ($action eq 'sign') {
    print $done->signature->as_string, "\r\n", $message;
}
elsif ($action eq 'seal') {
    print join("\r\n", $done->as_strings), "\r\n", $message;
}
elsif ($action eq 'verify') {
    print $_->result, "\n" for $done->signatures;
}
else {
    print $done->result, "\n";
}
