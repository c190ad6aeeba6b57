using System.Globalization;

namespace Jingwei.Cel.Syntax;

/// <summary>Source text to tokens. Every lexical mistake is an issue; lexing goes on after it.</summary>
internal sealed class Lexer(SourceText source, List<CelIssue> issues)
{
    private static readonly string[] Symbols =
        ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"];

    private readonly string _text = source.Text;
    private int _at;

    public List<Token> Read()
    {
        var tokens = new List<Token>();
        while (true)
        {
            SkipBlanks();
            if (_at >= _text.Length)
            {
                tokens.Add(new Token(TokenKind.End, _text.Length, _text.Length, ""));
                return tokens;
            }

            if (Next() is { } token)
            {
                tokens.Add(token);
            }
        }
    }

    private char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            if (_text[_at] is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                _at++;
            }
            else if (_text[_at] == '/' && Peek(1) == '/')
            {
                var end = _text.IndexOf('\n', _at);
                _at = end < 0 ? _text.Length : end;
            }
            else
            {
                return;
            }
        }
    }

    private Token? Next()
    {
        var current = _text[_at];
        if (char.IsAsciiDigit(current) || (current == '.' && char.IsAsciiDigit(Peek(1))))
        {
            return Number();
        }

        if (current is '"' or '\'')
        {
            return Quoted(prefix: 0);
        }

        if (char.IsAsciiLetter(current) || current == '_')
        {
            return PrefixedText() ?? Name();
        }

        return current == '`' ? QuotedName() : Symbol();
    }

    private Token Name()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() == '_')
        {
            _at++;
        }

        var text = _text[start.._at];
        var kind = text switch
        {
            "true" => TokenKind.True,
            "false" => TokenKind.False,
            "null" => TokenKind.Null,
            "in" => TokenKind.In,
            _ => TokenKind.Name,
        };
        return new Token(kind, start, _at, text);
    }

    private Token? QuotedName()
    {
        var start = _at;
        var end = _text.IndexOf('`', start + 1);
        var name = end < 0 ? "" : _text[(start + 1)..end];
        _at = end < 0 ? _text.Length : end + 1;
        if (name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '/' or ' '))
        {
            return new Token(TokenKind.QuotedName, start, _at, name);
        }

        issues.Add(source.Issue(start, "between backticks stand letters, digits, '_', '.', '-', '/' or spaces"));
        return null;
    }

    private Token? Symbol()
    {
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(_text, _at, symbol, 0, symbol.Length) == 0)
            {
                _at += symbol.Length;
                return new Token(TokenKind.Symbol, _at - symbol.Length, _at, symbol);
            }
        }

        var hint = _text[_at] switch
        {
            '=' => ": to compare write '=='",
            '&' => ": write '&&'",
            '|' => ": write '||'",
            '，' or '（' or '）' or '：' or '“' or '”' or '‘' or '’' or '＝' or '＞' or '＜' => ": write the half-width form",
            > '\x7f' => ": outside quotes only ASCII letters, digits and '_' are allowed",
            _ => "",
        };
        var length = char.IsHighSurrogate(_text[_at]) && char.IsLowSurrogate(Peek(1)) ? 2 : 1;
        issues.Add(source.Issue(_at, $"unexpected character '{_text.AsSpan(_at, length)}'{hint}"));
        _at += length;
        return null;
    }

    private Token? Number()
    {
        var start = _at;
        if (Peek() == '0' && Peek(1) is 'x' or 'X' && char.IsAsciiHexDigit(Peek(2)))
        {
            _at += 2;
            SkipWhile(char.IsAsciiHexDigit);
            return Integer(start, _text.AsSpan(start + 2, _at - start - 2), NumberStyles.AllowHexSpecifier);
        }

        SkipWhile(char.IsAsciiDigit);
        var isDouble = false;
        if (Peek() == '.' && char.IsAsciiDigit(Peek(1)))
        {
            isDouble = true;
            _at++;
            SkipWhile(char.IsAsciiDigit);
        }

        var sign = Peek(1) is '+' or '-' ? 1 : 0;
        if (Peek() is 'e' or 'E' && char.IsAsciiDigit(Peek(1 + sign)))
        {
            isDouble = true;
            _at += 1 + sign;
            SkipWhile(char.IsAsciiDigit);
        }

        if (!isDouble)
        {
            return Integer(start, _text.AsSpan(start, _at - start), NumberStyles.None);
        }

        var value = double.Parse(_text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture);
        return FollowedByName(start) ? null : new Token(TokenKind.Literal, start, _at, _text[start.._at], value);
    }

    private Token? Integer(int start, ReadOnlySpan<char> digits, NumberStyles style)
    {
        var fits = ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out var value);
        var unsigned = Peek() is 'u' or 'U';
        _at += unsigned ? 1 : 0;
        if (FollowedByName(start))
        {
            return null;
        }

        if (!fits)
        {
            issues.Add(source.Issue(start, $"the integer {_text.AsSpan(start, _at - start)} does not fit 64 bits"));
        }

        return new Token(unsigned ? TokenKind.Literal : TokenKind.Int, start, _at, _text[start.._at], CelValue.Of(value));
    }

    private bool FollowedByName(int start)
    {
        if (!char.IsAsciiLetter(Peek()) && Peek() != '_')
        {
            return false;
        }

        SkipWhile(c => char.IsAsciiLetterOrDigit(c) || c == '_');
        issues.Add(source.Issue(start, $"'{_text.AsSpan(start, _at - start)}' is neither a number nor a name"));
        return true;
    }

    private void SkipWhile(Func<char, bool> holds)
    {
        while (_at < _text.Length && holds(_text[_at]))
        {
            _at++;
        }
    }

    /// <summary>r"..", b"..", rb".." or br".."; null when letters only begin a name.</summary>
    private Token? PrefixedText()
    {
        var length = 0;
        while (length < 2 && Peek(length) is 'r' or 'R' or 'b' or 'B')
        {
            length++;
        }

        var twice = length == 2 && char.ToLowerInvariant(Peek()) == char.ToLowerInvariant(Peek(1));
        return length > 0 && !twice && Peek(length) is '"' or '\'' ? Quoted(length) : null;
    }

    private Token? Quoted(int prefix)
    {
        var start = _at;
        var letters = _text.AsSpan(start, prefix);
        var raw = letters.ContainsAny('r', 'R');
        var bytes = letters.ContainsAny('b', 'B');
        _at += prefix;
        var quote = Peek();
        var triple = Peek(1) == quote && Peek(2) == quote;
        var delimiter = new string(quote, triple ? 3 : 1);
        _at += delimiter.Length;
        var end = FindEnd(delimiter, raw, triple);
        if (end < 0)
        {
            issues.Add(source.Issue(start, $"the text that starts here has no closing {delimiter}"));
            return null;
        }

        var body = _text[_at..end];
        var bodyStart = _at;
        _at = end + delimiter.Length;
        var (value, badAt, problem) = Escapes.Decode(body, raw, bytes);
        if (problem is not null)
        {
            issues.Add(source.Issue(bodyStart + badAt, problem));
        }

        return new Token(TokenKind.Literal, start, _at, _text[start.._at], value);
    }

    private int FindEnd(string delimiter, bool raw, bool triple)
    {
        for (var i = _at; i < _text.Length; i++)
        {
            if (!triple && _text[i] is '\r' or '\n')
            {
                _at = i;
                return -1;
            }

            if (string.CompareOrdinal(_text, i, delimiter, 0, delimiter.Length) == 0)
            {
                return i;
            }

            i += !raw && _text[i] == '\\' ? 1 : 0;
        }

        _at = _text.Length;
        return -1;
    }
}
