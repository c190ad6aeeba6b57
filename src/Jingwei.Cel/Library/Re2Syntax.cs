using System.Globalization;
using System.Text;

namespace Jingwei.Cel.Library;

/// <summary>
/// Rewrites RE2 syntax into the equivalent for .NET: ASCII \d \w \s, $ as the end of the text, (?P&lt;name&gt;, \Q..\E, \x{..},
/// [:classes:], and RE2's bound of 1,000 on (nested) repeats. What RE2 lacks is refused by the non-backtracking engine itself.
/// </summary>
internal ref partial struct Re2Syntax
{
    private const int MostRepeats = 1_000;

    private readonly ReadOnlySpan<char> _pattern;
    private readonly StringBuilder _output = new();
    private readonly Stack<(bool Multiline, int Repeats)> _groups = new();
    private int _at;
    private bool _multiline;
    private int _repeats = 1;
    private int _atom = 1;
    private string? _problem;

    private Re2Syntax(ReadOnlySpan<char> pattern)
    {
        _pattern = pattern;
    }

    public static bool TryTranslate(string pattern, out string translated, out string? problem)
    {
        var syntax = new Re2Syntax(pattern);
        while (syntax._at < pattern.Length && syntax._problem is null)
        {
            syntax.Next();
        }

        translated = syntax._output.ToString();
        problem = syntax._problem;
        return problem is null;
    }

    private readonly char Peek(int ahead = 1) => _at + ahead < _pattern.Length ? _pattern[_at + ahead] : '\0';

    private void Next()
    {
        switch (_pattern[_at])
        {
            case '\\':
                Escape(inClass: false);
                break;
            case '[':
                Class();
                break;
            case '(':
                OpenGroup();
                break;
            case ')':
                CloseGroup();
                break;
            case '{' when Repeat():
                break;
            case '$':
                _output.Append(_multiline ? "$" : @"\z");
                _at++;
                break;
            case '#' or ' ':
                // Never special in RE2; escaped so that no option can make it so.
                Literal();
                break;
            default:
                _atom = _pattern[_at] is '*' or '+' or '?' ? _atom : 1;
                _output.Append(_pattern[_at++]);
                break;
        }
    }

    private void Literal()
    {
        _atom = 1;
        _output.Append('\\').Append(_pattern[_at++]);
    }

    private void Escape(bool inClass)
    {
        _atom = 1;
        var next = Peek();
        _at += 2;
        switch (next)
        {
            case 'd' or 'w' or 's':
                var set = next == 'd' ? Digit : next == 'w' ? Word : Space;
                _output.Append(inClass ? set : $"[{set}]");
                break;
            case 'D' or 'W' or 'S':
                _output.Append(inClass ? Complement(next) : $"[^{(next == 'D' ? Digit : next == 'W' ? Word : Space)}]");
                break;
            case 'p' or 'P' when _at < _pattern.Length && _pattern[_at] != '{':
                _output.Append('\\').Append(next).Append('{').Append(_pattern[_at++]).Append('}');
                break;
            case 'p' or 'P' when _at < _pattern.Length:
                Property(negative: next == 'P', inClass);
                break;
            case 'x' when _at < _pattern.Length && _pattern[_at] == '{':
                CodePoint();
                break;
            case 'Q' when !inClass:
                Quoted();
                break;
            case 'C' or 'Z' or 'G' or 'k' or 'c' or 'e' or 'u':
                _problem = $"\\{next} is not part of RE2";
                break;
            case '\0' when _at > _pattern.Length:
                _problem = "it ends in a backslash";
                break;
            default:
                _output.Append('\\').Append(next);
                break;
        }
    }

    private void CodePoint()
    {
        var end = _pattern[_at..].IndexOf('}');
        if (end < 2 || !int.TryParse(_pattern.Slice(_at + 1, end - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || !Rune.IsValid(code))
        {
            _problem = "\\x{...} is not a code point";
            return;
        }

        _at += end + 1;
        foreach (var unit in new Rune(code).ToString())
        {
            _output.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
        }
    }

    private void Quoted()
    {
        var end = _pattern[_at..].IndexOf(@"\E");
        var text = end < 0 ? _pattern[_at..] : _pattern.Slice(_at, end);
        foreach (var unit in text)
        {
            _output.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
        }

        _at += text.Length + (end < 0 ? 0 : 2);
    }

    private void OpenGroup()
    {
        _groups.Push((_multiline, _repeats));
        _repeats = 1;
        _output.Append('(');
        _at++;
        if (_at >= _pattern.Length || _pattern[_at] != '?')
        {
            return;
        }

        if (Peek() == 'P' && Peek(2) == '<')
        {
            _output.Append("?<");
            _at += 3;
            return;
        }

        var flags = _pattern[(_at + 1)..].IndexOfAnyExcept("imsU-");
        var letters = flags < 0 ? [] : _pattern.Slice(_at + 1, flags);
        if (letters.Contains('U'))
        {
            _problem = "the flag U is not supported";
            return;
        }

        Flags(letters);
        var closes = flags >= 0 && _pattern[_at + 1 + flags] == ')' && letters.Length > 0;
        _output.Append('?').Append(letters);
        _at += 1 + letters.Length;
        if (closes)
        {
            // (?i) speaks for the rest of the group around it: it is no group of its own.
            (_, _repeats) = _groups.Pop();
            _output.Append(')');
            _at++;
        }
    }

    private void Flags(ReadOnlySpan<char> letters)
    {
        var minus = letters.IndexOf('-');
        var m = letters.IndexOf('m');
        _multiline = m < 0 ? _multiline : minus < 0 || m < minus;
    }

    private void CloseGroup()
    {
        _output.Append(')');
        _at++;
        var inner = _repeats;
        (_multiline, _repeats) = _groups.Count > 0 ? _groups.Pop() : (_multiline, _repeats);
        _atom = inner;
        _repeats = Math.Max(_repeats, inner);
    }

    /// <summary>{n}, {n,} or {n,m}; anything else is literal text, as in RE2.</summary>
    private bool Repeat()
    {
        var end = _pattern[_at..].IndexOf('}');
        var body = end < 2 ? [] : _pattern.Slice(_at + 1, end - 1);
        var comma = body.IndexOf(',');
        var low = comma < 0 ? body : body[..comma];
        var high = comma < 0 ? body : body[(comma + 1)..];
        if (!int.TryParse(low, NumberStyles.None, CultureInfo.InvariantCulture, out var least))
        {
            _output.Append('\\');
            return false;
        }

        var most = least;
        if (!high.IsEmpty && !int.TryParse(high, NumberStyles.None, CultureInfo.InvariantCulture, out most))
        {
            _output.Append('\\');
            return false;
        }

        _atom = (int)Math.Min((long)_atom * Math.Max(Math.Max(least, most), 1), int.MaxValue);
        _repeats = Math.Max(_repeats, _atom);
        _problem = _atom > MostRepeats ? $"it repeats more than {MostRepeats} times" : null;
        _output.Append(_pattern.Slice(_at, end + 1));
        _at += end + 1;
        return true;
    }
}
