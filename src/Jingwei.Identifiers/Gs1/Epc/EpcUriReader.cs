using System.Buffers;
using Jingwei.Identifiers.Gs1.Elements;

namespace Jingwei.Identifiers.Gs1.Epc;

/// <summary>Reads EPC URIs part by part, from left to right.</summary>
internal ref struct EpcUriReader
{
    private static readonly SearchValues<char> MustBeEscaped = SearchValues.Create("\"#&/<>?");

    private readonly ReadOnlySpan<char> _uri;
    private readonly bool _isPattern;
    private int _at;
    private int _left;
    private bool _any;
    private Gs1Problem? _problem;

    private EpcUriReader(ReadOnlySpan<char> uri, int at, int parts, bool isPattern)
    {
        _uri = uri;
        _at = at;
        _left = parts;
        _isPattern = isPattern;
    }

    internal static Gs1Reading<EpcUri> Read(ReadOnlySpan<char> uri)
    {
        if (uri.Length > EpcUri.LongestUri)
        {
            return new Gs1Problem(Gs1ProblemCode.TooLarge, $"An EPC URI has at most {EpcUri.LongestUri} characters.", EpcUri.LongestUri);
        }

        (EpcUriKind Kind, int At)? start =
            uri.StartsWith("urn:epc:id:") ? (EpcUriKind.Identity, "urn:epc:id:".Length)
            : uri.StartsWith("urn:epc:class:") ? (EpcUriKind.Class, "urn:epc:class:".Length)
            : uri.StartsWith("urn:epc:idpat:") ? (EpcUriKind.Pattern, "urn:epc:idpat:".Length)
            : null;
        if (start is not var (kind, at))
        {
            return new Gs1Problem(Gs1ProblemCode.Malformed, "An EPC URI begins with urn:epc:id:, urn:epc:class: or urn:epc:idpat:.", 0);
        }

        var colon = uri[at..].IndexOf(':');
        if (colon < 0 || EpcForm.Find(uri.Slice(at, colon), kind) is not { } form)
        {
            return new Gs1Problem(Gs1ProblemCode.UnknownScheme, "No scheme of EPC URIs for a GS1 key.", at);
        }

        return new EpcUriReader(uri, at + colon + 1, form.Parts, kind == EpcUriKind.Pattern).Read(form, kind);
    }

    private Gs1Reading<EpcUri> Read(EpcForm form, EpcUriKind kind)
    {
        var prefix = Part(CharacterSet.Digits, EpcUri.ShortestCompanyPrefix, EpcUri.LongestCompanyPrefix);
        var reference = form.Digits > 0
            ? Part(CharacterSet.Digits, form.Digits - (prefix?.Length ?? form.Digits), form.Digits - (prefix?.Length ?? 0))
            : Part(form.ReferenceSet, 1, EpcForm.LongestKey - (prefix?.Length ?? 0));
        var piece = form.HasPieces ? Part(CharacterSet.Digits, 2, 2) : null;
        var total = form.HasPieces ? Part(CharacterSet.Digits, 2, 2) : null;
        var serialAt = _at;
        var serial = form.SerialLength > 0 ? Part(form.SerialSet, 1, form.SerialLength) : null;
        if (_problem is not null)
        {
            return _problem;
        }

        if (form.Scheme == EpcScheme.Cpi && serial is ['0', ..])
        {
            return new Gs1Problem(Gs1ProblemCode.InvalidNumber, "The serial number of a component or part does not begin with 0.", serialAt);
        }

        if (piece is not null && total is not null && (piece == "00" || string.CompareOrdinal(piece, total) > 0))
        {
            return new Gs1Problem(Gs1ProblemCode.InvalidNumber, "The number of a piece is from 01 to the count of pieces.", serialAt - 6);
        }

        return new EpcUri { Scheme = form.Scheme, Kind = kind, CompanyPrefix = prefix, Reference = reference, Piece = piece, Total = total, Serial = serial };
    }

    // The last part takes the rest: serial numbers may have dots in them.
    private string? Part(CharacterSet set, int shortest, int longest)
    {
        if (_problem is not null)
        {
            return null;
        }

        var rest = _uri[_at..];
        var dot = --_left > 0 ? rest.IndexOf('.') : rest.Length;
        if (dot < 0)
        {
            return Fail(Gs1ProblemCode.Malformed, "Parts of the EPC URI are missing.", _uri.Length);
        }

        var start = _at;
        _at += Math.Min(dot + 1, rest.Length);
        if (_isPattern && (_any || rest[..dot] is "*"))
        {
            // Tag Data Standard, 8.1: what follows a part that may be anything may be anything too.
            _any = true;
            return rest[..dot] is "*" ? null : Fail(Gs1ProblemCode.Malformed, "In a pattern only * follows *.", start);
        }

        var value = PercentEncoding.Decode(rest[..dot], isQuery: false, out var bad);
        if (bad >= 0)
        {
            return Fail(Gs1ProblemCode.InvalidPercentEncoding, "Two hexadecimal digits belong behind %.", start + bad);
        }

        if (value.Length < shortest || value.Length > longest)
        {
            var range = shortest == longest ? $"{shortest}" : $"{shortest} to {longest}";
            return Fail(value.Length < shortest ? Gs1ProblemCode.TooShort : Gs1ProblemCode.TooLong, $"This part of the EPC URI has {range} characters.", start);
        }

        return CharacterSets.FirstOutside(set, value) >= 0 || !IsEscaped(rest[..dot], set)
            ? Fail(Gs1ProblemCode.InvalidCharacter, "A character that this part of the EPC URI may not have, or must have escaped.", start)
            : value;
    }

    private static bool IsEscaped(ReadOnlySpan<char> raw, CharacterSet set) =>
        set == CharacterSet.Digits ? !raw.Contains('%') : raw.IndexOfAny(MustBeEscaped) < 0;

    private string? Fail(Gs1ProblemCode code, string message, int position)
    {
        _problem = new(code, message, position);
        return null;
    }
}
