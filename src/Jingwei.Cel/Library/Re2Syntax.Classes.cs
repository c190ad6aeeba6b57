namespace Jingwei.Cel.Library;

/// <summary>Sets of characters: brackets, named classes and properties.</summary>
internal ref partial struct Re2Syntax
{
    private const string Digit = "0-9";
    private const string Word = "0-9A-Za-z_";
    private const string Han = @"\u2E80-\u2FD5\u3005\u3007\u3021-\u3029\u3038-\u303B\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAD9";
    private const string Space = @"\t\n\f\r ";

    private void Class()
    {
        _atom = 1;
        _output.Append(_pattern[_at++]);
        if (_at < _pattern.Length && _pattern[_at] == '^')
        {
            _output.Append(_pattern[_at++]);
        }

        var first = true;
        while (_at < _pattern.Length && (_pattern[_at] != ']' || first) && _problem is null)
        {
            first = false;
            switch (_pattern[_at])
            {
                case '\\':
                    Escape(inClass: true);
                    break;
                case '[' when Peek() == ':':
                    Named();
                    break;
                case '[' or ']':
                    // Escaped: in .NET "-[" would subtract a class.
                    Literal();
                    break;
                default:
                    _output.Append(_pattern[_at++]);
                    break;
            }
        }

        _problem = _at >= _pattern.Length ? _problem ?? "missing ]" : _problem;
        _output.Append(']');
        _at++;
    }

    private void Named()
    {
        var end = _pattern[_at..].IndexOf(":]");
        var name = end < 0 ? "" : _pattern.Slice(_at + 2, end - 2);
        var set = name switch
        {
            "alnum" => "0-9A-Za-z",
            "alpha" => "A-Za-z",
            "ascii" => @"\0-\x7F",
            "blank" => @"\t ",
            "cntrl" => @"\0-\x1F\x7F",
            "digit" => Digit,
            "graph" => "!-~",
            "lower" => "a-z",
            "print" => " -~",
            "punct" => @"!-/:-@\[-`{-~",
            "space" => @"\t\n\v\f\r ",
            "upper" => "A-Z",
            "word" => Word,
            "xdigit" => "0-9A-Fa-f",
            _ => null,
        };
        _problem = set is null ? "unknown [:class:]" : null;
        _output.Append(set);
        _at += Math.Max(end, 0) + 2;
    }

    /// <summary>\p{Lu} is the same in .NET; of the scripts the Chinese one has no name there.</summary>
    private void Property(bool negative, bool inClass)
    {
        var end = _pattern[_at..].IndexOf('}');
        var name = end < 0 ? "" : _pattern.Slice(_at, end + 1);
        _at += name.Length;
        if (name is not "{Han}")
        {
            _output.Append(negative ? @"\P" : @"\p").Append(name);
        }
        else if (inClass && negative)
        {
            _problem = @"\P{Han} inside [] is not supported";
        }
        else
        {
            _output.Append(inClass ? Han : negative ? $"[^{Han}]" : $"[{Han}]");
        }
    }

    private static string Complement(char escape) => escape switch
    {
        'D' => @"\0-/:-\uFFFF",
        'W' => @"\0-/:-@\[-\^`{-\uFFFF",
        _ => @"\0-\x08\x0B\x0E-\x1F!-\uFFFF",
    };
}
