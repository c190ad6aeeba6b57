using System.Collections.Immutable;

namespace Jingwei.Server.Packs.Yaml;

/// <summary>A value in a YAML file that knows where it stands.</summary>
internal abstract class Node(SourceFile file, Position at)
{
    public SourceFile File => file;

    public Position At => at;

    /// <summary>What it is, for a message: "the number 5", "a list".</summary>
    public abstract string Description { get; }
}

/// <summary>What an unquoted scalar means by YAML 1.2's core schema (section 10.3.2); quoted ones are text.</summary>
internal enum ScalarKind
{
    Text,
    Null,
    Boolean,
    Integer,
    Number,
}

/// <summary>A single value.</summary>
/// <param name="start">Index of its first character in the file: of the quote or the block indicator where it has one.</param>
/// <param name="end">Index after its last character.</param>
internal sealed class ScalarNode(SourceFile file, Position at, string text, ScalarKind kind, int start, int end)
    : Node(file, at)
{
    public string Text => text;

    public ScalarKind Kind => kind;

    /// <summary>The value of an Integer or a Number.</summary>
    public double Number { get; } = kind is ScalarKind.Integer or ScalarKind.Number ? CoreSchema.Number(text) : double.NaN;

    /// <summary>The value of a Boolean.</summary>
    public bool IsTrue => kind == ScalarKind.Boolean && text.Equals("true", StringComparison.OrdinalIgnoreCase);

    public override string Description => kind switch
    {
        ScalarKind.Null => "nothing",
        ScalarKind.Boolean => $"the boolean {text}",
        ScalarKind.Integer or ScalarKind.Number => $"the number {text}",
        _ => $"the text `{Shortened}`",
    };

    /// <summary>The same as text, whatever it looks like: a key is one.</summary>
    public ScalarNode AsText() => new(File, At, text, ScalarKind.Text, start, end);

    /// <summary>Where the character at <paramref name="offset"/> of <see cref="Text"/> stands in the file.</summary>
    public Position PositionOf(int offset) => File.PositionOf(ScalarSource.IndexOf(File.Text, start, end, text, offset));

    private string Shortened => text.Length <= 40 ? text : text[..40] + "…";
}

/// <summary>A list.</summary>
internal sealed class ListNode(SourceFile file, Position at, ImmutableArray<Node> items) : Node(file, at)
{
    public ImmutableArray<Node> Items => items;

    public override string Description => "a list";
}

/// <summary>A key with its value.</summary>
internal readonly record struct Entry(ScalarNode Key, Node Value)
{
    public string Id => Key.Text;

    /// <summary>The value, or an empty mapping where it is something else, which the schema has reported already.</summary>
    public MapNode Map => Value as MapNode ?? MapNode.Empty(Value);
}

/// <summary>
/// A mapping, in the order of the file. Its readers answer with nothing where a value is missing or of another kind: the
/// schema reports that, and the checks after it go on with the rest.
/// </summary>
internal sealed class MapNode : Node
{
    private readonly Dictionary<string, Node> byKey = new(StringComparer.Ordinal);

    public MapNode(SourceFile file, Position at, ImmutableArray<Entry> entries)
        : base(file, at)
    {
        Entries = entries;
        foreach (var entry in entries)
        {
            byKey.TryAdd(entry.Id, entry.Value);
        }
    }

    public ImmutableArray<Entry> Entries { get; }

    public override string Description => "a mapping";

    public static MapNode Empty(Node at) => new(at.File, at.At, []);

    public Node? this[string key] => byKey.GetValueOrDefault(key);

    public ScalarNode? Scalar(string key) => this[key] is ScalarNode { Kind: not ScalarKind.Null } scalar ? scalar : null;

    public string? Text(string key) => Scalar(key)?.Text;

    public MapNode? Map(string key) => this[key] as MapNode;

    public bool IsTrue(string key) => Scalar(key) is { IsTrue: true };

    public ImmutableArray<Entry> EntriesOf(string key) => Map(key)?.Entries ?? [];

    public ImmutableArray<Node> ItemsOf(string key) => this[key] is ListNode list ? list.Items : [];

    public IEnumerable<ScalarNode> ScalarsOf(string key) => ItemsOf(key).OfType<ScalarNode>();

    public IEnumerable<MapNode> MapsOf(string key) => ItemsOf(key).OfType<MapNode>();

    public ImmutableArray<string> TextsOf(string key) => [.. ScalarsOf(key).Select(scalar => scalar.Text)];
}
