using System.Globalization;
using System.Text;
using Jingwei.Identifiers.Gs1.DigitalLinks;
using Jingwei.Identifiers.Gs1.Elements;

namespace Jingwei.Identifiers.Gs1.Compression;

/// <summary>Unpacks the bits of a compressed Digital Link.</summary>
internal sealed class Unpacking(string packed, Gs1Limits limits)
{
    private readonly BitReader _bits = new(packed);
    private readonly List<Gs1Element> _elements = [];
    private readonly List<LinkParameter> _parameters = [];

    internal (IReadOnlyList<Gs1Element> Elements, IReadOnlyList<LinkParameter> Parameters, Gs1Problem? Problem) Read()
    {
        // At the end up to five zeros fill the last character; the shortest thing that can follow has more bits.
        while (_bits.Left >= 8)
        {
            if ((ReadNext() ?? Broken()) is { } problem)
            {
                return ([], [], problem);
            }
        }

        return (_elements, _parameters, null);
    }

    private Gs1Problem? ReadNext()
    {
        if (_elements.Count + _parameters.Count >= limits.Elements)
        {
            return new(Gs1ProblemCode.TooManyElements, $"There are at most {limits.Elements} elements.", 0);
        }

        var first = _bits.ReadInt(4);
        if (first == 0xF)
        {
            return ReadParameter();
        }

        var code = Digit(first) + Digit(_bits.ReadInt(4));
        if (KeySequences.Find(code) is { } group)
        {
            foreach (var identifier in group)
            {
                if (ReadValue(ApplicationIdentifier.Find(identifier)!) is { } problem)
                {
                    return problem;
                }
            }

            return null;
        }

        while (code.Length < (ApplicationIdentifier.CodeLength(code.AsSpan(0, 2)) ?? 0))
        {
            code += Digit(_bits.ReadInt(4));
        }

        return ApplicationIdentifier.Find(code) is { } known ? ReadValue(known) : new(Gs1ProblemCode.UnknownIdentifier, "The compressed part has an identifier that there is not.", 0);
    }

    private Gs1Problem? ReadValue(ApplicationIdentifier identifier)
    {
        var value = new StringBuilder();
        foreach (var segment in Segment.Of(identifier))
        {
            var text = segment.IsNumeric
                ? TextEncoding.ReadNumber(_bits, segment.IsFixed ? segment.Length : _bits.ReadInt(segment.LengthBits))
                : TextEncoding.Read(_bits, segment.IsFixed ? segment.Length : null, segment.LengthBits);
            if (text is null)
            {
                return Malformed();
            }

            value.Append(text);
        }

        _elements.Add(new(identifier.Code, value.ToString()));
        return null;
    }

    private Gs1Problem? ReadParameter()
    {
        var name = new StringBuilder();
        for (var left = _bits.ReadInt(Packing.ParameterLengthBits); left > 0; left--)
        {
            name.Append(BitWriter.Alphabet[_bits.ReadInt(6)]);
        }

        if (TextEncoding.Read(_bits, null, Packing.ParameterLengthBits) is not { } value || name.Length == 0)
        {
            return Malformed();
        }

        _parameters.Add(new(name.ToString(), value));
        return null;
    }

    private Gs1Problem? Broken() => _bits.IsBroken ? Malformed() : null;

    private static string Digit(int value) => value.ToString("X", CultureInfo.InvariantCulture);

    private static Gs1Problem Malformed() => new(Gs1ProblemCode.Malformed, "The compressed part breaks off or is none.", 0);
}
