using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using Jingwei.Civic.Documents;

namespace Jingwei.Civic.Open311;

/// <summary>Named fields, lists and objects in one of the two formats.</summary>
internal abstract class FieldWriter : IDisposable
{
    public abstract void List<T>(string name, string item, IEnumerable<T> values, Action<FieldWriter, T> write);

    public abstract void Object(string name, Action write);

    /// <summary>Nothing is written as nothing, not left out: clients look for the field.</summary>
    public abstract void Text(string name, string? value);

    public abstract void Flag(string name, bool value);

    public abstract void Number(string name, double? value);

    public void Choice<T>(string name, T value) where T : struct, Enum => Text(name, value.ToString().ToLowerInvariant());

    /// <summary>W3C's subset of ISO 8601, to the second.</summary>
    public void Time(string name, DateTimeOffset? value) =>
        Text(name, value?.ToString(value.Value.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));

    public abstract void Dispose();
}

internal sealed class XmlFields(Stream stream) : FieldWriter
{
    private readonly XmlWriter writer = XmlWriter.Create(stream, new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.Entitize });

    public override void List<T>(string name, string item, IEnumerable<T> values, Action<FieldWriter, T> write) => Object(name, () =>
    {
        foreach (var value in values)
        {
            Object(item, () => write(this, value));
        }
    });

    public override void Object(string name, Action write)
    {
        writer.WriteStartElement(name);
        write();
        writer.WriteEndElement();
    }

    public override void Text(string name, string? value) => writer.WriteElementString(name, Repair.Legal(value ?? ""));

    public override void Flag(string name, bool value) => writer.WriteElementString(name, value ? "true" : "false");

    public override void Number(string name, double? value) => writer.WriteElementString(name, value?.ToString("0.###############", CultureInfo.InvariantCulture) ?? "");

    public override void Dispose() => writer.Dispose();
}

internal sealed class JsonFields(Stream stream) : FieldWriter
{
    private readonly Utf8JsonWriter writer = new(stream, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public override void List<T>(string name, string item, IEnumerable<T> values, Action<FieldWriter, T> write)
    {
        Name(name);
        writer.WriteStartArray();
        foreach (var value in values)
        {
            writer.WriteStartObject();
            write(this, value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public override void Object(string name, Action write)
    {
        Name(name);
        writer.WriteStartObject();
        write();
        writer.WriteEndObject();
    }

    public override void Text(string name, string? value) => writer.WriteString(name, string.IsNullOrEmpty(value) ? null : Repair.Legal(value));

    public override void Flag(string name, bool value) => writer.WriteBoolean(name, value);

    public override void Number(string name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    public override void Dispose() => writer.Dispose();

    // The root has no name.
    private void Name(string name)
    {
        if (writer.CurrentDepth > 0)
        {
            writer.WritePropertyName(name);
        }
    }
}
