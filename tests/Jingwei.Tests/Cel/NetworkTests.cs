using System.Net;
using Jingwei.Cel;

namespace Jingwei.Tests.Cel;

/// <summary>The network extension: RFC 4291 and RFC 5952 for the text of addresses, RFC 4632 for blocks.</summary>
public sealed class NetworkTests
{
    [Theory]
    [InlineData("192.168.0.1", "192.168.0.1")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("2001:DB8:0:0:0:0:0:1", "2001:db8::1")]
    [InlineData("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1")]
    [InlineData("2001:0:0:1:0:0:0:1", "2001:0:0:1::1")]
    [InlineData("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1")]
    [InlineData("1::", "1::")]
    [InlineData("::", "::")]
    [InlineData("::102:304", "::102:304")]
    [InlineData("64:ff9b::1.2.3.4", "64:ff9b::102:304")]
    [InlineData("::ffff:c0a8:1", "192.168.0.1")]
    public void An_address_is_read_and_written_in_its_canonical_form(string text, string expected)
    {
        Assert.Equal(expected, Evaluation.Value($"string(ip('{text}'))").AsString());
        Assert.Equal(text == expected, Evaluation.Value($"ip.isCanonical('{text}')").AsBool());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("01.2.3.4")]
    [InlineData("0x1.2.3.4")]
    [InlineData("1.2.3.4:80")]
    [InlineData(" 1.2.3.4")]
    [InlineData("192.168.0.0/24")]
    [InlineData("::12345")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1::2::3")]
    [InlineData(":::")]
    [InlineData("[::1]")]
    [InlineData("::1.2.3.04")]
    [InlineData("1.2.3.4::")]
    [InlineData("fe80::1%en0")]
    [InlineData("::ffff:192.168.0.1")]
    [InlineData("水")]
    public void What_is_no_address_is_an_error(string text)
    {
        Assert.Equal(CelErrorCode.Invalid, Evaluation.Error($"ip('{text}')").Code);
        Assert.Equal(CelErrorCode.Invalid, Evaluation.Error($"ip.isCanonical('{text}')").Code);
        Assert.False(Evaluation.Value($"isIP('{text}')").AsBool());
    }

    [Theory]
    [InlineData("ip('127.8.8.8').isLoopback() && ip('::1').isLoopback()", true)]
    [InlineData("ip('128.0.0.1').isLoopback() || ip('::2').isLoopback()", false)]
    [InlineData("ip('0.0.0.0').isUnspecified() && ip('::').isUnspecified()", true)]
    [InlineData("ip('0.0.0.1').isUnspecified()", false)]
    [InlineData("ip('169.254.1.1').isLinkLocalUnicast() && ip('febf::1').isLinkLocalUnicast()", true)]
    [InlineData("ip('169.255.1.1').isLinkLocalUnicast() || ip('fec0::1').isLinkLocalUnicast()", false)]
    [InlineData("ip('224.0.0.251').isLinkLocalMulticast() && ip('ff02::fb').isLinkLocalMulticast() && ip('ff12::1').isLinkLocalMulticast()", true)]
    [InlineData("ip('224.0.1.1').isLinkLocalMulticast() || ip('ff05::1').isLinkLocalMulticast()", false)]
    [InlineData("ip('8.8.8.8').isGlobalUnicast() && ip('10.0.0.1').isGlobalUnicast() && ip('2001:db8::1').isGlobalUnicast() && ip('fd00::1').isGlobalUnicast()", true)]
    [InlineData("['0.0.0.0', '127.0.0.1', '169.254.0.1', '224.0.0.1', '239.1.1.1', '255.255.255.255', '::', '::1', 'fe80::1', 'ff02::1'].exists(a, ip(a).isGlobalUnicast())", false)]
    [InlineData("ip('1.2.3.4').family() == 4 && ip('::1').family() == 6", true)]
    [InlineData("ip('2001:db8::1') == ip('2001:DB8::1') && ip('127.0.0.1') != ip('::1')", true)]
    [InlineData("type(ip('::1')) == net.IP && type(cidr('::/0')) == net.CIDR", true)]
    [InlineData("dyn(ip('1.2.3.4')) == '1.2.3.4'", false)]
    public void An_address_tells_of_what_kind_it_is(string source, bool expected) =>
        Assert.Equal(expected, Evaluation.Value(source).AsBool());

    [Theory]
    [InlineData("cidr('10.0.0.0/8').containsIP(ip('10.255.255.255'))", true)]
    [InlineData("cidr('10.0.0.0/8').containsIP('11.0.0.0')", false)]
    [InlineData("cidr('10.1.2.3/8').containsIP('10.0.0.0')", true)]
    [InlineData("cidr('0.0.0.0/0').containsIP('255.255.255.255') && !cidr('0.0.0.0/0').containsIP('::1')", true)]
    [InlineData("cidr('2001:db8::/33').containsIP('2001:db8:8000::')", false)]
    [InlineData("cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && cidr('10.0.0.0/8').containsCIDR(cidr('10.0.0.0/8'))", true)]
    [InlineData("cidr('10.0.0.0/8').containsCIDR(cidr('0.0.0.0/4')) || cidr('10.0.0.0/8').containsCIDR('11.0.0.0/8') || cidr('10.0.0.0/8').containsCIDR('::1/128')", false)]
    [InlineData("cidr('192.168.1.5/24').ip() == ip('192.168.1.5')", true)]
    [InlineData("cidr('192.168.1.5/24').masked() == cidr('192.168.1.0/24')", true)]
    [InlineData("cidr('192.168.1.5/24') == cidr('192.168.1.0/24')", false)]
    [InlineData("cidr('192.168.1.0/24').isMask() && !cidr('192.168.1.5/24').isMask()", true)]
    [InlineData("cidr('192.168.1.0/24').prefixLength() == 24", true)]
    [InlineData("string(cidr('2001:DB8::/32')) == '2001:db8::/32'", true)]
    [InlineData("isCIDR('10.0.0.1/8') && isCIDR('::/0')", true)]
    [InlineData("['10.0.0.0', '10.0.0.0/33', '10.0.0.0/08', '10.0.0.0/+8', '10.0.0.0/', '/8', '::/129', '::ffff:a00:0/104', 'fe80::%1/64'].exists(c, isCIDR(c))", false)]
    public void A_block_tells_what_it_holds(string source, bool expected) =>
        Assert.Equal(expected, Evaluation.Value(source).AsBool());

    [Theory]
    [InlineData("cidr('10.0.0.0/33')", "1:1: CIDR '10.0.0.0/33' parse error during conversion from string: after '/' stands the length of the prefix, 0 to 32")]
    [InlineData("cidr('10.0.0/8')", "1:1: IP Address '10.0.0' parse error during conversion from string")]
    [InlineData("cidr('10.0.0.0/8').containsIP('x')", "1:20: IP Address 'x' parse error during conversion from string")]
    [InlineData("ip('fe80::1%en0')", "1:1: IP Address with zone value is not allowed: 'fe80::1%en0'")]
    public void The_error_says_what_was_read(string source, string expected) =>
        Assert.Equal(expected, Evaluation.Error(source).ToString());

    [Theory]
    [InlineData("isIP(cidr('192.168.0.0/24'))", "1:1: no form of 'isIP' fits isIP(net.CIDR); there is isIP(string)")]
    [InlineData("'1.2.3.4'.ip()", "1:11: no form of 'ip' fits string.ip(); there is net.CIDR.ip()")]
    [InlineData("ip('1.2.3.4') == '1.2.3.4'", "1:15: '==' cannot be applied to net.IP and string")]
    [InlineData("ip.isCanonicle('::1')", "1:4: unknown function 'ip.isCanonicle'; did you mean 'ip.isCanonical'?")]
    public void An_author_is_told_where_an_address_does_not_fit(string source, string expected) =>
        Assert.Equal(expected, Evaluation.Issues(Evaluation.Empty, source)[0]);

    [Fact]
    public void Variables_of_the_host_may_be_addresses_and_blocks()
    {
        var environment = new CelEnvironment([new("client", CelType.Address), new("plant", CelType.Network)]);
        var slots = environment.Bind(
            ("client", CelValue.Of(IPAddress.Parse("::ffff:10.1.2.3"))), ("plant", CelValue.Of(new CelNetwork(IPAddress.Parse("10.0.0.0"), 8))));
        Assert.True(environment.Compile("plant.containsIP(client)", CelType.Bool).Require().Run(slots).IsTrue);
        Assert.Equal("ip(\"10.1.2.3\")", environment.Compile("client").Require().Run(slots).ToString());
        Assert.Equal("cidr(\"10.0.0.0/8\")", environment.Compile("plant").Require().Run(slots).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => new CelNetwork(IPAddress.Any, 33));
    }
}
