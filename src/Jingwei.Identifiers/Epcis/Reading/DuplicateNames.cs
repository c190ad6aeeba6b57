using System.Buffers.Binary;
using System.Text.Json;

namespace Jingwei.Identifiers.Epcis.Reading;

/// <summary>Whether an object has two fields of one name. The parser can look for that too, which takes four times as long as the parsing.</summary>
internal static class DuplicateNames
{
    // Objects of EPCIS have up to 30 fields; one with more is looked through with a set.
    private const int Few = 64;

    public static bool AreIn(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var member in value.EnumerateArray())
            {
                if (member.ValueKind is JsonValueKind.Object or JsonValueKind.Array && AreIn(member))
                {
                    return true;
                }
            }
        }

        return value.ValueKind == JsonValueKind.Object && AreInObject(value);
    }

    private static bool AreInObject(JsonElement part)
    {
        Span<ulong> marks = stackalloc ulong[Few];
        var count = 0;
        var isDoubtful = false;
        foreach (var property in part.EnumerateObject())
        {
            if (!isDoubtful)
            {
                var mark = Mark(Utf8Json.Name(property));
                isDoubtful = count == Few || marks[..count].Contains(mark);
                marks[Math.Min(count++, Few - 1)] = mark;
            }

            if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array && AreIn(property.Value))
            {
                return true;
            }
        }

        return isDoubtful && AreSurelyInObject(part);
    }

    private static bool AreSurelyInObject(JsonElement part)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in part.EnumerateObject())
        {
            if (!names.Add(property.Name))
            {
                return true;
            }
        }

        return false;
    }

    // The same for equal names: their length, beginning and end.
    private static ulong Mark(ReadOnlySpan<byte> name)
    {
        const ulong Spread = 0x9E3779B97F4A7C15;
        if (name.Length >= sizeof(ulong))
        {
            return ((BinaryPrimitives.ReadUInt64LittleEndian(name) * Spread) ^ BinaryPrimitives.ReadUInt64LittleEndian(name[^sizeof(ulong)..])) + (ulong)name.Length;
        }

        var mark = (ulong)name.Length;
        foreach (var letter in name)
        {
            mark = (mark << 8) | letter;
        }

        return mark * Spread;
    }
}
