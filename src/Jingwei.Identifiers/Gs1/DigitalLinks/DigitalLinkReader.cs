using System.Buffers;
using Jingwei.Identifiers.Gs1.Elements;

namespace Jingwei.Identifiers.Gs1.DigitalLinks;

/// <summary>Reads Digital Links. Every position is one in the URI.</summary>
internal sealed class DigitalLinkReader(string uri, Gs1Limits limits)
{
    // RFC 3986, 2: unreserved, reserved, and the sign of escapes.
    private static readonly SearchValues<char> UriCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");

    // Names, addresses of IPv4 and IPv6, ports; no user, no escapes.
    private static readonly SearchValues<char> DomainCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.:[]");

    private readonly List<Gs1Element> _path = [];
    private readonly List<Gs1Element> _attributes = [];
    private readonly List<LinkParameter> _parameters = [];
    private ApplicationIdentifier? _key;

    internal Gs1Reading<DigitalLink> Read()
    {
        if (uri.Length > limits.Length)
        {
            return Problem(Gs1ProblemCode.TooLarge, $"A Digital Link has at most {limits.Length} characters.", limits.Length);
        }

        if (uri.AsSpan().IndexOfAnyExcept(UriCharacters) is var outside && outside >= 0)
        {
            return Problem(Gs1ProblemCode.InvalidCharacter, "A character that URIs do not have.", outside);
        }

        var domain = uri.StartsWith("https://", StringComparison.Ordinal) || uri.StartsWith("HTTPS://", StringComparison.Ordinal) ? 8
            : uri.StartsWith("http://", StringComparison.Ordinal) || uri.StartsWith("HTTP://", StringComparison.Ordinal) ? 7
            : 0;
        if (domain == 0)
        {
            return Problem(Gs1ProblemCode.InvalidScheme, "A Digital Link begins with https:// or http://.", 0);
        }

        var path = uri.AsSpan(domain).IndexOfAny('/', '?', '#') is var found && found < 0 ? uri.Length : domain + found;
        if (path == domain || uri.AsSpan(domain, path - domain).IndexOfAnyExcept(DomainCharacters) >= 0)
        {
            return Problem(Gs1ProblemCode.InvalidDomain, "A domain name belongs here.", domain);
        }

        var fragment = uri.AsSpan(path).IndexOf('#') is var hash && hash < 0 ? uri.Length : path + hash;
        var query = uri.AsSpan(path, fragment - path).IndexOf('?') is var mark && mark < 0 ? fragment : path + mark;
        var keyAt = FindKey(path, query);
        if (keyAt < 0)
        {
            return Problem(Gs1ProblemCode.NoPrimaryKey, "The path has no primary key of Digital Links with its value.", path);
        }

        return (ReadPath(keyAt, query) ?? ReadQuery(query + 1, fragment) ?? CheckAttributes(query)) is { } problem
            ? problem
            : new DigitalLink
            {
                Stem = uri[..(keyAt - 1)],
                Path = _path,
                Attributes = _attributes,
                Parameters = _parameters,
                Query = query < fragment ? uri[(query + 1)..fragment] : "",
            };
    }

    // From the end: a path before the key may have segments that look like keys.
    private int FindKey(int path, int query)
    {
        for (var end = query; ;)
        {
            var value = uri.LastIndexOf('/', end - 1, end - path);
            var code = value <= path ? -1 : uri.LastIndexOf('/', value - 1, value - path);
            if (code < 0 || Identify(uri.AsSpan(code + 1, value - code - 1)) is not { } identifier)
            {
                return -1;
            }

            if (identifier.IsLinkKey)
            {
                _key = identifier;
                return code + 1;
            }

            end = code;
            if (end <= path)
            {
                return -1;
            }
        }
    }

    private Gs1Problem? ReadPath(int at, int query)
    {
        var keyAt = at;
        while (at < query)
        {
            var codeEnd = uri.IndexOf('/', at);
            var valueEnd = uri.IndexOf('/', codeEnd + 1, query - codeEnd - 1) is var slash && slash < 0 ? query : slash;
            var identifier = Identify(uri.AsSpan(at, codeEnd - at))!;
            if (ReadValue(identifier, codeEnd + 1, valueEnd, isQuery: false, _path) is { } problem)
            {
                return problem;
            }

            at = valueEnd + 1;
        }

        return QualifierOrder.IsRight(_key!, _path) ? null : Problem(Gs1ProblemCode.InvalidPath, "These qualifiers do not belong to the key, or not in this order.", keyAt);
    }

    private Gs1Problem? ReadQuery(int at, int end)
    {
        for (; at < end; at++)
        {
            var next = uri.IndexOf('&', at, end - at) is var ampersand && ampersand < 0 ? end : ampersand;
            if (next > at && ReadParameter(at, next) is { } problem)
            {
                return problem;
            }

            at = next;
        }

        return null;
    }

    private Gs1Problem? ReadParameter(int at, int end)
    {
        var text = uri.AsSpan(at, end - at);
        var equals = text.IndexOf('=');
        var name = equals < 0 ? text : text[..equals];
        if (_parameters.Count == limits.Elements)
        {
            return Problem(Gs1ProblemCode.TooManyElements, $"There are at most {limits.Elements} parameters.", at);
        }

        if (equals < 0 || name.IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            _parameters.Add(new(Text(name), equals < 0 ? null : Text(text[(equals + 1)..])));
            return null;
        }

        return limits.Identifier(name) is { } identifier
            ? ReadValue(identifier, at + equals + 1, end, isQuery: true, _attributes)
            : Problem(Gs1ProblemCode.UnknownIdentifier, "A parameter whose name is a number must be an Application Identifier.", at);
    }

    private Gs1Problem? ReadValue(ApplicationIdentifier identifier, int at, int end, bool isQuery, List<Gs1Element> elements)
    {
        if (_path.Count + _attributes.Count == limits.Elements)
        {
            return Problem(Gs1ProblemCode.TooManyElements, $"There are at most {limits.Elements} elements.", at);
        }

        var value = PercentEncoding.Decode(uri.AsSpan(at, end - at), isQuery, out var bad);
        if (bad >= 0)
        {
            return Problem(Gs1ProblemCode.InvalidPercentEncoding, "Two hexadecimal digits belong behind %.", at + bad);
        }

        if (limits.AllowsShortGtin && identifier.Code == "01" && value.Length is 8 or 12 or 13)
        {
            value = value.PadLeft(14, '0');
        }

        if (_path.Concat(_attributes).Any(element => element.Identifier == identifier.Code))
        {
            return Problem(Gs1ProblemCode.Repeated, $"({identifier.Code}) is there twice.", at);
        }

        elements.Add(new(identifier.Code, value));

        // Escapes and padding move what is behind them: the problem is in this value, where exactly is its message's to say.
        return identifier.Check(value) is { } problem ? problem with { Position = value.Length == end - at ? at + problem.Position : at } : null;
    }

    private Gs1Problem? CheckAttributes(int query)
    {
        foreach (var attribute in _attributes)
        {
            if (ApplicationIdentifier.Find(attribute.Identifier) is { IsLinkAttribute: false })
            {
                return Problem(Gs1ProblemCode.NoAttribute, $"({attribute.Identifier}) may not be an attribute.", query);
            }

            if (QualifierOrder.CouldFollow(_key!, _path, attribute.Identifier))
            {
                return Problem(Gs1ProblemCode.BelongsInPath, $"({attribute.Identifier}) qualifies the key and belongs in the path.", query);
            }
        }

        return null;
    }

    private ApplicationIdentifier? Identify(ReadOnlySpan<char> code) =>
        limits.AllowsNames && IdentifierNames.Find(code) is { } known ? ApplicationIdentifier.Find(known) : limits.Identifier(code);

    private static string Text(ReadOnlySpan<char> escaped) => Uri.UnescapeDataString(escaped.ToString().Replace('+', ' '));

    private static Gs1Problem Problem(Gs1ProblemCode code, string message, int position) => new(code, message, position);
}
