using System.Net;
using Jingwei.Cel.Library;

namespace Jingwei.Cel;

/// <summary>
/// A block of IP addresses in CIDR notation. Its address keeps what it has beyond the prefix: 192.168.1.5/24 is another
/// value than 192.168.1.0/24, and holds the same addresses.
/// </summary>
public sealed record CelNetwork
{
    private readonly IPNetwork _block;

    /// <exception cref="ArgumentOutOfRangeException">The prefix is longer than the address.</exception>
    public CelNetwork(IPAddress address, int prefixLength)
    {
        (Address, PrefixLength) = (address, prefixLength);
        _block = new IPNetwork(Mask(address, prefixLength), prefixLength);
    }

    public IPAddress Address { get; }

    public int PrefixLength { get; }

    /// <summary>The same block with its first address.</summary>
    public CelNetwork Masked => new(_block.BaseAddress, PrefixLength);

    public bool Contains(IPAddress address) => _block.Contains(address);

    /// <summary>Whether all addresses of the other are in this one.</summary>
    public bool Contains(CelNetwork other) => PrefixLength <= other.PrefixLength && _block.Contains(other.Address);

    public override string ToString() => $"{Addresses.Format(Address)}/{PrefixLength}";

    private static IPAddress Mask(IPAddress address, int length)
    {
        var octets = address.GetAddressBytes();
        for (var i = 0; i < octets.Length; i++)
        {
            var kept = Math.Clamp(length - (i * 8), 0, 8);
            octets[i] &= unchecked((byte)(0xFF << (8 - kept)));
        }

        return new IPAddress(octets);
    }
}
