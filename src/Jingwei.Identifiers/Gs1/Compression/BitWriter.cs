using System.Numerics;
using System.Text;

namespace Jingwei.Identifiers.Gs1.Compression;

/// <summary>Bits, the most significant first, as the alphabet of base 64 for URIs has them (RFC 4648, section 5), without padding.</summary>
internal sealed class BitWriter
{
    internal const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private readonly StringBuilder _text = new();
    private int _pending;
    private int _count;

    internal void Write(BigInteger value, int bits)
    {
        for (var i = bits - 1; i >= 0; i--)
        {
            _pending = (_pending << 1) | (int)((value >> i) & 1);
            if (++_count == 6)
            {
                _text.Append(Alphabet[_pending]);
                (_pending, _count) = (0, 0);
            }
        }
    }

    /// <summary>The text, its last character filled up with zeros.</summary>
    public override string ToString() => _count == 0 ? _text.ToString() : _text.ToString() + Alphabet[_pending << (6 - _count)];
}
