using System.Buffers;
using System.Globalization;
using Jingwei.Identifiers.Gs1.DigitalLinks;
using Jingwei.Identifiers.Gs1.Elements;

namespace Jingwei.Identifiers.Gs1.Compression;

/// <summary>Packs elements and parameters into the bits of a compressed Digital Link.</summary>
internal sealed class Packing
{
    // Seven bits say how long the name and the value of a parameter are.
    internal const int ParameterLengthBits = 7;
    internal const int LongestParameter = (1 << ParameterLengthBits) - 1;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(BitWriter.Alphabet);

    private readonly BitWriter _bits = new();

    /// <summary>Writes elements of known identifiers, of which none is there twice: groups first, then the others in the order of their identifiers.</summary>
    internal void Write(IReadOnlyList<Gs1Element> elements, bool groupsKeys)
    {
        var left = new SortedDictionary<string, string>(elements.ToDictionary(element => element.Identifier, element => element.Value), StringComparer.Ordinal);
        while (groupsKeys && KeySequences.Best(left.Keys) is var (code, identifiers))
        {
            WriteCode(code);
            foreach (var identifier in identifiers)
            {
                WriteValue(identifier, left[identifier]);
                left.Remove(identifier);
            }
        }

        foreach (var (identifier, value) in left)
        {
            WriteCode(identifier);
            WriteValue(identifier, value);
        }
    }

    /// <summary>Writes a parameter; false when the form has no room for it.</summary>
    internal bool TryWrite(LinkParameter parameter)
    {
        var (name, value) = parameter;
        if (name.Length is 0 or > LongestParameter || name.AsSpan().IndexOfAnyExcept(NameCharacters) >= 0 || value is null || value.Length > LongestParameter || value.Any(c => !char.IsAscii(c)))
        {
            return false;
        }

        _bits.Write(0xF, 4);
        _bits.Write(name.Length, ParameterLengthBits);
        foreach (var c in name)
        {
            _bits.Write(BitWriter.Alphabet.IndexOf(c, StringComparison.Ordinal), 6);
        }

        TextEncoding.Write(_bits, value, ParameterLengthBits);
        return true;
    }

    public override string ToString() => _bits.ToString();

    private void WriteCode(string code)
    {
        foreach (var c in code)
        {
            _bits.Write(int.Parse([c], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), 4);
        }
    }

    private void WriteValue(string identifier, string value)
    {
        var at = 0;
        foreach (var segment in Segment.Of(ApplicationIdentifier.Find(identifier)!))
        {
            var text = segment.IsFixed ? value.Substring(at, segment.Length) : value[at..];
            at += text.Length;
            if (!segment.IsNumeric)
            {
                TextEncoding.Write(_bits, text, segment.IsFixed ? 0 : segment.LengthBits);
                continue;
            }

            _bits.Write(text.Length, segment.IsFixed ? 0 : segment.LengthBits);
            TextEncoding.WriteNumber(_bits, text);
        }
    }
}
