using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Identifiers.Epcis;

/// <summary>
/// What the prefixes in a document stand for: the namespaces of the standard context (`epcis-context.jsonld`, EPCIS 2.0) and those that the document's
/// own `@context` adds. Documents that the context points to are not fetched.
/// </summary>
public sealed class EpcisContext
{
    /// <summary>Address of the standard context.</summary>
    public const string StandardAddress = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

    /// <summary>Most prefixes that a context may add. Default 256; published documents have up to six.</summary>
    public const int MostPrefixes = 256;

    // The prefixes that the standard context protects and those that it only has; the former cannot be bound otherwise.
    private static readonly FrozenDictionary<string, string> Protected = new Dictionary<string, string>
    {
        ["epcis"] = Cbv.Epcis,
        ["cbv"] = Cbv.Namespace,
        ["gs1"] = Cbv.WebVocabulary,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Usual = new Dictionary<string, string>(Protected)
    {
        ["cbvmda"] = "urn:epcglobal:cbv:mda:",
        ["rdfs"] = "http://www.w3.org/2000/01/rdf-schema#",
        ["owl"] = "http://www.w3.org/2002/07/owl#",
        ["xsd"] = "http://www.w3.org/2001/XMLSchema#",
        ["dcterms"] = "http://purl.org/dc/terms/",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly (byte[] Prefix, byte[] Namespace)[] ProtectedUtf8 = Utf8(Protected);

    private readonly Dictionary<string, string> added;
    private readonly (byte[] Prefix, byte[] Namespace)[] utf8;
    private readonly (byte[] Prefix, byte[] Namespace)[] ofValues;

    private EpcisContext(Dictionary<string, string> added, IReadOnlyList<string> addresses, bool bindsValues)
    {
        (this.added, Addresses, BindsValues) = (added, addresses, bindsValues);
        utf8 = Utf8(Usual.Where(pair => !added.ContainsKey(pair.Key)).Concat(added));
        ofValues = [.. ProtectedUtf8, .. Utf8(added)];
    }

    /// <summary>The standard context, nothing added.</summary>
    public static EpcisContext Standard { get; } = new(new(StringComparer.Ordinal), [], true);

    /// <summary>The prefixes that are added to the standard context, with their namespaces.</summary>
    public IReadOnlyDictionary<string, string> Added => added;

    /// <summary>Addresses of other contexts that the document names besides the standard one. They are kept, not fetched.</summary>
    public IReadOnlyList<string> Addresses { get; }

    /// <summary>Whether added prefixes stand for their namespaces in values too: in JSON-LD they do; in XML a prefix is bound for names of elements and attributes only.</summary>
    public bool BindsValues { get; }

    /// <summary>A context with these prefixes besides the standard ones.</summary>
    public static EpcisContext Of(IEnumerable<KeyValuePair<string, string>> prefixes, bool bindsValues = true) => Of(prefixes, [], bindsValues);

    /// <summary>A context with these prefixes and addresses of others besides the standard ones.</summary>
    public static EpcisContext Of(IEnumerable<KeyValuePair<string, string>> prefixes, IReadOnlyList<string> addresses) => Of(prefixes, [.. addresses], true);

    /// <summary>What `@context` says in addition to this context: an address, an object of prefixes, or an array of both.</summary>
    public EpcisContext With(JsonElement context)
    {
        var prefixes = new Dictionary<string, string>(added, StringComparer.Ordinal);
        var addresses = new List<string>(Addresses);
        Collect(context, prefixes, addresses);
        return addresses.Count == Addresses.Count && prefixes.Count == added.Count && prefixes.All(pair => added.GetValueOrDefault(pair.Key) == pair.Value)
            ? this
            : Of(prefixes, addresses, BindsValues);
    }

    /// <summary>Whether an `@context` or a namespace in it is longer than it may be.</summary>
    internal static bool IsTooLarge(JsonElement context, EpcisLimits limits) =>
        JsonMarshal.GetRawUtf8Value(context).Length > limits.ContextBytes || HasLongerNamespace(context, limits.NamespaceCharacters);

    /// <summary>This context and another; null where a prefix stands for different namespaces in the two.</summary>
    public EpcisContext? With(EpcisContext other)
    {
        if (ReferenceEquals(this, other) || ReferenceEquals(other, Standard))
        {
            return this;
        }

        return other.Added.Any(pair => NamespaceOf(pair.Key) is { } space && space != pair.Value)
            ? null
            : Of(added.Concat(other.Added), [.. Addresses.Union(other.Addresses, StringComparer.Ordinal)], BindsValues && other.BindsValues);
    }

    /// <summary>Writes it as the value of `@context`: the standard address, other addresses, then prefixes.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        json.WriteStringValue(StandardAddress);
        foreach (var address in Addresses)
        {
            json.WriteStringValue(address);
        }

        if (added.Count > 0)
        {
            json.WriteStartObject();
            foreach (var (prefix, space) in added)
            {
                json.WriteString(prefix, space);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The namespace of a prefix; null where it has none.</summary>
    public string? NamespaceOf(string prefix) => added.GetValueOrDefault(prefix) ?? Usual.GetValueOrDefault(prefix);

    /// <summary>A name or value with its prefix spelled out; what has no known prefix comes back as it is.</summary>
    public string Expand(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && NamespaceOf(name[..colon]) is { } space ? string.Concat(space, name.AsSpan(colon + 1)) : name;
    }

    /// <summary>A value with its prefix spelled out, where this context binds prefixes in values.</summary>
    public string ExpandValue(string value) => BindsValues ? Expand(value) : Cbv.ExpandPrefix(value);

    /// <summary>Parts a name with a known prefix into namespace and local name, in UTF-8.</summary>
    internal bool TrySplit(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> space, out ReadOnlySpan<byte> local)
    {
        var colon = name.IndexOf((byte)':');
        if (colon > 0)
        {
            foreach (var (prefix, held) in utf8)
            {
                if (name[..colon].SequenceEqual(prefix))
                {
                    space = held;
                    local = name[(colon + 1)..];
                    return true;
                }
            }
        }

        space = [];
        local = name;
        return false;
    }

    /// <summary>The same for a value: only prefixes that the document adds, and the protected ones.</summary>
    internal bool TrySplitValue(ReadOnlySpan<byte> value, out ReadOnlySpan<byte> space, out ReadOnlySpan<byte> local)
    {
        space = [];
        local = value;
        var colon = value.IndexOf((byte)':');
        if (colon <= 0)
        {
            return false;
        }

        foreach (var (prefix, held) in BindsValues ? ofValues : ProtectedUtf8)
        {
            if (value[..colon].SequenceEqual(prefix))
            {
                space = held;
                local = value[(colon + 1)..];
                return true;
            }
        }

        return false;
    }

    private static (byte[] Prefix, byte[] Namespace)[] Utf8(IEnumerable<KeyValuePair<string, string>> prefixes) =>
        [.. prefixes.Select(pair => (Encoding.UTF8.GetBytes(pair.Key), Encoding.UTF8.GetBytes(pair.Value)))];

    private static EpcisContext Of(IEnumerable<KeyValuePair<string, string>> prefixes, List<string> addresses, bool bindsValues)
    {
        var added = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (prefix, space) in prefixes.Where(pair => !Protected.ContainsKey(pair.Key)).Take(MostPrefixes))
        {
            added[prefix] = space;
        }

        return added.Count == 0 && addresses.Count == 0 && bindsValues ? Standard : new(added, addresses, bindsValues);
    }

    private static void Collect(JsonElement context, Dictionary<string, string> into, List<string> addresses)
    {
        if (context.ValueKind == JsonValueKind.Array)
        {
            foreach (var member in context.EnumerateArray())
            {
                Collect(member, into, addresses);
            }
        }
        else if (context.ValueKind == JsonValueKind.String)
        {
            // The standard context is published under several addresses, by version.
            var address = context.GetString()!;
            if (!address.EndsWith("epcis-context.jsonld", StringComparison.Ordinal) && !addresses.Contains(address) && addresses.Count < MostPrefixes)
            {
                addresses.Add(address);
            }
        }
        else if (context.ValueKind == JsonValueKind.Object)
        {
            foreach (var term in context.EnumerateObject())
            {
                if (Namespace(term.Value) is { } space && into.Count < MostPrefixes && !Protected.ContainsKey(term.Name) && !term.Name.StartsWith('@'))
                {
                    into[term.Name] = space;
                }
            }
        }
    }

    private static bool HasLongerNamespace(JsonElement context, int most) => context.ValueKind switch
    {
        JsonValueKind.Array => context.EnumerateArray().Any(member => HasLongerNamespace(member, most)),
        JsonValueKind.Object => context.EnumerateObject().Any(term => Namespace(term.Value)?.Length > most),
        _ => false,
    };

    // A term is defined by its IRI or by an object that has it as @id (JSON-LD 1.1, 9.15.1).
    private static string? Namespace(JsonElement definition) => definition.ValueKind switch
    {
        JsonValueKind.String => definition.GetString(),
        JsonValueKind.Object when definition.TryGetProperty("@id"u8, out var id) && id.ValueKind == JsonValueKind.String => id.GetString(),
        _ => null,
    };
}
