using System.Numerics;

namespace Jingwei.Identifiers.Gs1.Compression;

/// <summary>The way back from <see cref="BitWriter"/>. Beyond the end there are zeros, and <see cref="IsBroken"/> says so.</summary>
internal sealed class BitReader
{
    private readonly string _text;
    private int _at;

    internal BitReader(string text) => _text = text;

    /// <summary>Bits that are left.</summary>
    internal int Left => (_text.Length * 6) - _at;

    /// <summary>Whether more was read than there is.</summary>
    internal bool IsBroken { get; private set; }

    internal BigInteger Read(int bits)
    {
        if (bits > Left)
        {
            IsBroken = true;
            return BigInteger.Zero;
        }

        var value = BigInteger.Zero;
        for (var i = 0; i < bits; i++, _at++)
        {
            var six = BitWriter.Alphabet.IndexOf(_text[_at / 6], StringComparison.Ordinal);
            value = (value << 1) | ((six >> (5 - (_at % 6))) & 1);
        }

        return value;
    }

    internal int ReadInt(int bits) => (int)Read(bits);
}
