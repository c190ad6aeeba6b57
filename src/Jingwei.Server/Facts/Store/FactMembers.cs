using System.Text.Json;

namespace Jingwei.Server.Facts.Store;

/// <summary>Walks the members of an event in JSON as they stand in its bytes.</summary>
internal ref struct FactMembers
{
    private readonly ReadOnlySpan<byte> json;
    private Utf8JsonReader reader;

    /// <param name="json">The event; nothing for none.</param>
    public FactMembers(ReadOnlySpan<byte> json)
    {
        this.json = json;
        reader = new(json);
        if (!json.IsEmpty)
        {
            reader.Read();
        }
    }

    /// <summary>The bytes between the quotes of its name.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The bytes of its value.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes to the next; false when there is none.</summary>
    /// <exception cref="JsonException">It is no JSON: the record was altered.</exception>
    public bool Next()
    {
        if (json.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        Name = reader.ValueSpan;
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        Value = json[start..(int)reader.BytesConsumed];
        return true;
    }
}
