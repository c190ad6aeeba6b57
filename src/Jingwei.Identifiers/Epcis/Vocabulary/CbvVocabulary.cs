using System.Collections.Frozen;
using Jingwei.Identifiers.Epcis.Reading;

namespace Jingwei.Identifiers.Epcis.Vocabulary;

/// <summary>
/// One list of standard words of the Core Business Vocabulary, and the three ways to write each: the bare word of JSON (`shipping`), the URN of XML
/// (`urn:epcglobal:cbv:bizstep:shipping`) and the Web URI that both stand for (`https://ref.gs1.org/cbv/BizStep-shipping`).
/// CBV 2.0 clause 7; the context of EPCIS 2.0 (`epcis-context.jsonld`) binds the bare words.
/// </summary>
public sealed class CbvVocabulary
{
    private readonly FrozenDictionary<string, string> uriOfWord;
    private readonly FrozenDictionary<string, string> wordOfUri;
    private readonly Utf8Names<string> uriOfUtf8;

    internal CbvVocabulary(string name, string? urnPrefix, string uriPrefix, params string[] words)
    {
        (Name, UrnPrefix, UriPrefix) = (name, urnPrefix, uriPrefix);
        uriOfWord = words.ToFrozenDictionary(word => word, word => uriPrefix + word, StringComparer.Ordinal);
        wordOfUri = words.ToFrozenDictionary(word => uriPrefix + word, word => word, StringComparer.Ordinal);
        uriOfUtf8 = new(words.Select(word => (word, uriPrefix + word)));
    }

    /// <summary>What the list is of, for messages: `business step`.</summary>
    public string Name { get; }

    /// <summary>What stands before the word in a URN; null where the vocabulary has no URNs (GS1 Web Vocabulary).</summary>
    public string? UrnPrefix { get; }

    /// <summary>What stands before the word in the Web URI.</summary>
    public string UriPrefix { get; }

    /// <summary>The standard words.</summary>
    public IEnumerable<string> Words => uriOfWord.Keys;

    /// <summary>Whether it is a standard word, bare.</summary>
    public bool Contains(string word) => uriOfWord.ContainsKey(word);

    /// <summary>The Web URI of a value in any of the three ways, or with the prefixes `cbv:` and `gs1:`; what is not of the vocabulary comes back as it is.</summary>
    public string ToUri(string value)
    {
        if (uriOfWord.TryGetValue(value, out var uri))
        {
            return uri;
        }

        if (UrnPrefix is not null && value.StartsWith(UrnPrefix, StringComparison.Ordinal))
        {
            var word = value[UrnPrefix.Length..];
            return uriOfWord.GetValueOrDefault(word) ?? UriPrefix + word;
        }

        return Cbv.ExpandPrefix(value);
    }

    /// <summary>The bare word of a standard value in any of the ways to write it; null where it is none.</summary>
    public string? WordOf(string value) => wordOfUri.GetValueOrDefault(ToUri(value));

    /// <summary>The URN of a standard value in any of the ways to write it; null where it is none or the vocabulary has no URNs.</summary>
    public string? UrnOf(string value) => UrnPrefix is not null && WordOf(value) is { } word ? UrnPrefix + word : null;

    /// <summary>Whether a value claims to be of this vocabulary, by its prefix, and is none of its words.</summary>
    public bool IsUnknown(string value)
    {
        var uri = ToUri(value);
        return uri.StartsWith(UriPrefix, StringComparison.Ordinal) && !wordOfUri.ContainsKey(uri);
    }

    internal string? UriOf(ReadOnlySpan<byte> word) => uriOfUtf8.TryGet(word, out var uri) ? uri : null;
}
