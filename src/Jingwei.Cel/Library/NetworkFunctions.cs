using System.Net;
using System.Net.Sockets;
using Jingwei.Cel.Checking;
using Jingwei.Cel.Planning;

namespace Jingwei.Cel.Library;

/// <summary>The network extension: IP addresses and blocks of them in CIDR notation.</summary>
internal static class NetworkFunctions
{
    private static readonly CelType Ip = CelType.Address;
    private static readonly CelType Cidr = CelType.Network;

    public static IEnumerable<FunctionEntry> All()
    {
        var text = CelType.String;
        yield return StandardFunctions.Entry(
            "ip", (values, ref meter) => Address(values[0], ref meter), StandardFunctions.Global(Ip, text), StandardFunctions.Member(Ip, Cidr));
        yield return StandardFunctions.Entry(
            "cidr", (values, ref meter) => Network(values[0], ref meter), StandardFunctions.Global(Cidr, text));
        yield return StandardFunctions.Entry(
            "isIP", (values, ref meter) => CelValue.Of(!Address(values[0], ref meter).IsError), StandardFunctions.Global(CelType.Bool, text));
        yield return StandardFunctions.Entry(
            "isCIDR", (values, ref meter) => CelValue.Of(!Network(values[0], ref meter).IsError), StandardFunctions.Global(CelType.Bool, text));
        yield return StandardFunctions.Entry("ip.isCanonical", IsCanonical, StandardFunctions.Global(CelType.Bool, text));
        foreach (var entry in OfAddress().Concat(OfNetwork()))
        {
            yield return entry;
        }
    }

    private static IEnumerable<FunctionEntry> OfAddress()
    {
        yield return StandardFunctions.Entry("family", (values, ref _) => IsV4(values[0].AsAddress()) ? 4L : 6L, StandardFunctions.Member(CelType.Int, Ip));
        yield return Question("isLoopback", IPAddress.IsLoopback);
        yield return Question("isUnspecified", address => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
        yield return Question("isGlobalUnicast", IsGlobalUnicast);
        yield return Question("isLinkLocalUnicast", IsLinkLocalUnicast);
        yield return Question("isLinkLocalMulticast", IsLinkLocalMulticast);
    }

    private static IEnumerable<FunctionEntry> OfNetwork()
    {
        yield return StandardFunctions.Entry(
            "containsIP", ContainsAddress, StandardFunctions.Member(CelType.Bool, Cidr, Ip), StandardFunctions.Member(CelType.Bool, Cidr, CelType.String));
        yield return StandardFunctions.Entry(
            "containsCIDR", ContainsNetwork, StandardFunctions.Member(CelType.Bool, Cidr, Cidr), StandardFunctions.Member(CelType.Bool, Cidr, CelType.String));
        yield return StandardFunctions.Entry(
            "masked", (values, ref _) => CelValue.Of(values[0].AsNetwork().Masked), StandardFunctions.Member(Cidr, Cidr));
        yield return StandardFunctions.Entry(
            "isMask", (values, ref _) => CelValue.Of(values[0].AsNetwork() is var block && block.Equals(block.Masked)), StandardFunctions.Member(CelType.Bool, Cidr));
        yield return StandardFunctions.Entry(
            "prefixLength", (values, ref _) => (long)values[0].AsNetwork().PrefixLength, StandardFunctions.Member(CelType.Int, Cidr));
    }

    private static FunctionEntry Question(string name, Func<IPAddress, bool> holds) =>
        StandardFunctions.Entry(name, (values, ref _) => CelValue.Of(holds(values[0].AsAddress())), StandardFunctions.Member(CelType.Bool, Ip));

    /// <summary>An address as it is, that of a block, or the one that a text writes.</summary>
    private static CelValue Address(in CelValue value, ref Meter meter)
    {
        if (value.Kind != CelKind.String)
        {
            return value.Kind == CelKind.Network ? CelValue.Of(value.AsNetwork().Address) : value;
        }

        if (!meter.SpendText(value.Text.Length))
        {
            return Meter.Exceeded;
        }

        var (address, problem) = Addresses.Parse(value.Text);
        return address is null ? CelValue.Error(CelErrorCode.Invalid, problem) : CelValue.Of(address);
    }

    private static CelValue Network(in CelValue value, ref Meter meter)
    {
        if (value.Kind != CelKind.String)
        {
            return value;
        }

        if (!meter.SpendText(value.Text.Length))
        {
            return Meter.Exceeded;
        }

        var (network, problem) = Addresses.ParseNetwork(value.Text);
        return network is null ? CelValue.Error(CelErrorCode.Invalid, problem) : CelValue.Of(network);
    }

    private static CelValue IsCanonical(ReadOnlySpan<CelValue> values, ref Meter meter)
    {
        var address = Address(values[0], ref meter);
        return address.IsError ? address : CelValue.Of(Addresses.Format(address.AsAddress()) == values[0].Text);
    }

    private static CelValue ContainsAddress(ReadOnlySpan<CelValue> values, ref Meter meter)
    {
        var address = Address(values[1], ref meter);
        return address.IsError ? address : CelValue.Of(values[0].AsNetwork().Contains(address.AsAddress()));
    }

    private static CelValue ContainsNetwork(ReadOnlySpan<CelValue> values, ref Meter meter)
    {
        var network = Network(values[1], ref meter);
        return network.IsError ? network : CelValue.Of(values[0].AsNetwork().Contains(network.AsNetwork()));
    }

    private static bool IsV4(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork;

    /// <summary>Any but the unspecified, loopback, multicast, link-local and broadcast ones; private addresses count, as in the reference implementation.</summary>
    private static bool IsGlobalUnicast(IPAddress address) =>
        !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any) && !address.Equals(IPAddress.Broadcast)
        && !IPAddress.IsLoopback(address) && !IsMulticast(address) && !IsLinkLocalUnicast(address);

    private static bool IsMulticast(IPAddress address) => IsV4(address) ? address.GetAddressBytes()[0] >> 4 == 0xE : address.IsIPv6Multicast;

    /// <summary>169.254.0.0/16 (RFC 3927) and fe80::/10 (RFC 4291).</summary>
    private static bool IsLinkLocalUnicast(IPAddress address) =>
        IsV4(address) ? address.GetAddressBytes() is [169, 254, ..] : address.IsIPv6LinkLocal;

    /// <summary>224.0.0.0/24 (RFC 5771), and IPv6 multicast of link-local scope, whatever its flags (RFC 4291).</summary>
    private static bool IsLinkLocalMulticast(IPAddress address)
    {
        var octets = address.GetAddressBytes();
        return IsV4(address) ? octets is [224, 0, 0, ..] : octets[0] == 0xFF && (octets[1] & 0x0F) == 0x02;
    }
}
