using System.Net;
using Jingwei.Server;

namespace Jingwei.Tests.Notifications;

/// <summary>The registries of special-purpose addresses (IANA; RFC 6890) are closed, whatever form an address has.</summary>
public sealed class WebhookAddressTests
{
    private static readonly WebhookAddress Usual = new([]);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("10.255.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("ff02::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    public void Private_and_special_addresses_are_closed(string address) => Assert.False(Usual.Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:4700:4700::1111")]
    public void Addresses_of_the_Internet_are_open(string address) => Assert.True(Usual.Allows(IPAddress.Parse(address)));

    [Fact]
    public void The_operator_opens_a_network_and_no_other()
    {
        var opened = new WebhookAddress([IPNetwork.Parse("10.1.0.0/16")]);
        Assert.True(opened.Allows(IPAddress.Parse("10.1.2.3")));
        Assert.True(opened.Allows(IPAddress.Parse("::ffff:10.1.2.3")));
        Assert.False(opened.Allows(IPAddress.Parse("10.2.0.1")));
    }

    [Theory]
    [InlineData("https://example.org/hook?x=1", true)]
    [InlineData("http://example.org:8080/", true)]
    [InlineData("ftp://example.org/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("https://user:secret@example.org/", false)]
    [InlineData("https://example.org/#part", false)]
    [InlineData("/hook", false)]
    [InlineData("", false)]
    [InlineData("http://127.0.0.1/", false)]
    [InlineData("http://2130706433/", false)]
    [InlineData("http://0x7f.1/", false)]
    [InlineData("http://[::1]/", false)]
    [InlineData("http://[::ffff:169.254.169.254]/", false)]
    public void An_address_is_http_and_open(string url, bool good) => Assert.Equal(good, Usual.Fault(url) is null);

    [Fact]
    public async Task A_name_that_resolves_to_this_machine_is_not_connected_to() =>
        await Assert.ThrowsAsync<WebhookAddressException>(async () => await Usual.ConnectAsync(new DnsEndPoint("localhost", 80), TestContext.Current.CancellationToken));
}
