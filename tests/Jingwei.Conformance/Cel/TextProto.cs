using System.Globalization;
using System.Text;

namespace Jingwei.Conformance.Cel;

/// <summary>A message in protobuf's text format: fields by name, in order, repeated ones several times.</summary>
internal sealed class TextMessage
{
    private readonly List<(string Name, object Value)> _fields = [];

    public IEnumerable<string> Names => _fields.Select(entry => entry.Name);

    public void Add(string name, object value) => _fields.Add((name, value));

    public bool Has(string name) => _fields.Any(field => field.Name == name);

    public IEnumerable<TextMessage> All(string name) =>
        _fields.Where(field => field.Name == name).Select(field => (TextMessage)field.Value);

    public TextMessage? Message(string name) => All(name).FirstOrDefault();

    /// <summary>A field that is there several times, as messages with that field once.</summary>
    public IEnumerable<TextMessage> Each(string name)
    {
        foreach (var field in _fields.Where(field => field.Name == name))
        {
            var one = new TextMessage();
            one.Add(name, field.Value);
            yield return one;
        }
    }

    /// <summary>An integer; zero where it is not given.</summary>
    public long Number(string name) => Has(name) ? long.Parse(Word(name), CultureInfo.InvariantCulture) : 0;

    /// <summary>Quoted text: its octets.</summary>
    public byte[] Bytes(string name) => _fields.First(field => field.Name == name).Value as byte[] ?? [];

    public string Text(string name) => Has(name) ? Encoding.UTF8.GetString(Bytes(name)) : "";

    /// <summary>A number, enum or boolean as written.</summary>
    public string Word(string name) => Has(name) ? (string)_fields.First(field => field.Name == name).Value : "";
}

/// <summary>Reads protobuf's text format, as far as the vectors use it.</summary>
internal sealed class TextProto
{
    private readonly string _text;
    private int _at;

    private TextProto(string text)
    {
        _text = text;
    }

    public static TextMessage Read(string text) => new TextProto(text).Body('\0');

    private TextMessage Body(char close)
    {
        var message = new TextMessage();
        while (true)
        {
            Skip();
            if (_at >= _text.Length || _text[_at] == close)
            {
                _at++;
                return message;
            }

            var name = _text[_at] == '[' ? Extension() : Word();
            Skip();
            if (_text[_at] == ':')
            {
                _at++;
                Skip();
            }

            foreach (var value in Values())
            {
                message.Add(name, value);
            }
        }
    }

    private List<object> Values()
    {
        if (_text[_at] != '[')
        {
            return [Value()];
        }

        _at++;
        var values = new List<object>();
        for (Skip(); _text[_at] != ']'; Skip())
        {
            values.Add(Value());
        }

        _at++;
        return values;
    }

    private object Value()
    {
        switch (_text[_at])
        {
            case '{':
                _at++;
                return Body('}');
            case '"' or '\'':
                var octets = new List<byte>();
                for (; _at < _text.Length && _text[_at] is '"' or '\''; Skip())
                {
                    Quoted(octets);
                }

                return octets.ToArray();
            default:
                return Word();
        }
    }

    private string Extension()
    {
        var end = _text.IndexOf(']', _at);
        var name = _text[_at..(end + 1)];
        _at = end + 1;
        return name;
    }

    private string Word()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.' or '-' or '+'))
        {
            _at++;
        }

        return _at > start ? _text[start.._at] : throw new FormatException($"Unexpected '{_text[_at]}' at {_at}.");
    }

    private void Quoted(List<byte> octets)
    {
        var quote = _text[_at++];
        while (_text[_at] != quote)
        {
            if (_text[_at] == '\\')
            {
                Escape(octets);
                continue;
            }

            var length = char.IsHighSurrogate(_text[_at]) ? 2 : 1;
            octets.AddRange(Encoding.UTF8.GetBytes(_text, _at, length));
            _at += length;
        }

        _at++;
    }

    private void Escape(List<byte> octets)
    {
        var letter = _text[_at + 1];
        _at += 2;
        const string names = "abfnrtv\\?\"'`";
        var simple = names.IndexOf(letter, StringComparison.Ordinal);
        if (simple >= 0)
        {
            octets.Add((byte)"\a\b\f\n\r\t\v\\?\"'`"[simple]);
            return;
        }

        var (digits, style) = letter switch
        {
            'x' or 'X' => (2, 16),
            'u' => (4, 16),
            'U' => (8, 16),
            _ => (3, 8),
        };
        _at -= style == 8 ? 1 : 0;
        var length = 0;
        while (length < digits && (style == 16 ? char.IsAsciiHexDigit(_text[_at + length]) : _text[_at + length] is >= '0' and <= '7'))
        {
            length++;
        }

        var code = Convert.ToInt32(_text.Substring(_at, length), style);
        _at += length;
        octets.AddRange(letter is 'u' or 'U' ? Encoding.UTF8.GetBytes(new Rune(code).ToString()) : [(byte)code]);
    }

    private void Skip()
    {
        while (_at < _text.Length && (char.IsWhiteSpace(_text[_at]) || _text[_at] is ',' or ';' or '#'))
        {
            if (_text[_at] == '#')
            {
                var end = _text.IndexOf('\n', _at);
                _at = end < 0 ? _text.Length : end;
            }
            else
            {
                _at++;
            }
        }
    }

    public static double Double(string word) => word.TrimStart('-') switch
    {
        "inf" or "infinity" => word[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
        "nan" => double.NaN,
        _ => double.Parse(word.TrimEnd('f'), CultureInfo.InvariantCulture),
    };
}
