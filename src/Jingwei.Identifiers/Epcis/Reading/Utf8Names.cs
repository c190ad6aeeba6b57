using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text;

namespace Jingwei.Identifiers.Epcis.Reading;

/// <summary>What belongs to a fixed set of names, found by their UTF-8 bytes without making a string of them.</summary>
internal sealed class Utf8Names<T>
{
    private readonly (byte[]? Name, T Value)[] slots;

    public Utf8Names(IEnumerable<(string Name, T Value)> names)
    {
        var all = names.Select(pair => (Encoding.UTF8.GetBytes(pair.Name), pair.Value)).ToArray();
        slots = new (byte[]?, T)[BitOperations.RoundUpToPowerOf2((uint)all.Length * 4)];
        foreach (var (name, value) in all)
        {
            var at = Slot(name);
            while (slots[at].Name is not null)
            {
                at = (at + 1) & (slots.Length - 1);
            }

            slots[at] = (name, value);
        }
    }

    public bool TryGet(ReadOnlySpan<byte> name, [MaybeNullWhen(false)] out T value)
    {
        for (var at = Slot(name); slots[at].Name is { } held; at = (at + 1) & (slots.Length - 1))
        {
            if (name.SequenceEqual(held))
            {
                value = slots[at].Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    private int Slot(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return 0;
        }

        var mixed = (uint)((name.Length * 31) + (name[0] * 7) + (name[name.Length / 2] * 131) + (name[^1] * 521));
        return (int)((mixed * 2654435769u) >> 8) & (slots.Length - 1);
    }
}
