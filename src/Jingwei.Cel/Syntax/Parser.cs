namespace Jingwei.Cel.Syntax;

/// <summary>Tokens to a syntax tree, by recursive descent with the precedences of the language definition.</summary>
internal sealed partial class Parser
{
    private static readonly string[][] Levels = [["==", "!=", "<", "<=", ">", ">=", "in"], ["+", "-"], ["*", "/", "%"]];

    private readonly SourceText _source;
    private readonly CelLimits _limits;
    private readonly List<CelIssue> _issues;
    private readonly List<Token> _tokens;
    private readonly Macros _macros;
    private int _at;
    private int _depth;

    private Parser(SourceText source, CelLimits limits, List<CelIssue> issues, List<Token> tokens)
    {
        (_source, _limits, _issues, _tokens) = (source, limits, issues, tokens);
        _macros = new Macros(source, issues);
    }

    private Token Current => _tokens[_at];

    /// <summary>The tree, or null when there are issues.</summary>
    public static Expr? Parse(string text, CelLimits limits, SourceText source, List<CelIssue> issues)
    {
        if (text.Length > limits.SourceLength)
        {
            issues.Add(new CelIssue(1, 1, $"the expression has {text.Length} characters; at most {limits.SourceLength} are allowed"));
            return null;
        }

        var tokens = new Lexer(source, issues).Read();
        if (issues.Count > 0)
        {
            return null;
        }

        var parser = new Parser(source, limits, issues, tokens);
        var tree = parser.Expression();
        if (parser.Current.Kind != TokenKind.End)
        {
            parser.Fail(parser.Current, $"unexpected {parser.Current.Describe()} after the end of the expression");
        }

        if (issues.Count == 0 && (tree.Size > limits.Nodes || tree.Height > limits.Height))
        {
            issues.Add(new CelIssue(1, 1, $"the expression is too large: {tree.Size} parts of {limits.Nodes}, {tree.Height} levels of {limits.Height}"));
        }

        return issues.Count == 0 ? tree : null;
    }

    private Expr Expression()
    {
        if (++_depth > _limits.Nesting)
        {
            _depth--;
            return Fail(Current, $"the expression nests deeper than {_limits.Nesting} levels");
        }

        var test = Chain("||", () => Chain("&&", () => Binary(0), isAnd: true), isAnd: false);
        if (Current.Is("?"))
        {
            var at = Take().Start;
            var whenTrue = Chain("||", () => Chain("&&", () => Binary(0), isAnd: true), isAnd: false);
            Expect(":");
            test = new Conditional(at, test, whenTrue, Expression());
        }

        _depth--;
        return test;
    }

    private Expr Chain(string symbol, Func<Expr> operand, bool isAnd)
    {
        var first = operand();
        if (!Current.Is(symbol))
        {
            return first;
        }

        var at = Current.Start;
        var operands = new List<Expr> { first };
        while (Current.Is(symbol))
        {
            Take();
            operands.Add(operand());
        }

        return new Logic(at, isAnd, operands);
    }

    private Expr Binary(int level)
    {
        if (level == Levels.Length)
        {
            return Prefix();
        }

        var left = Binary(level + 1);
        while ((Current.Kind is TokenKind.Symbol or TokenKind.In) && Array.IndexOf(Levels[level], Current.Text) >= 0)
        {
            var symbol = Take();
            var name = symbol.Kind == TokenKind.In ? "@in" : $"_{symbol.Text}_";
            left = new Call(symbol.Start, name, null, [left, Binary(level + 1)]);
        }

        return left;
    }

    private Expr Prefix()
    {
        var signs = new Stack<Token>();
        while (Current.Is("!") || Current.Is("-"))
        {
            if (signs.TryPeek(out var last) && last.Text != Current.Text)
            {
                return Fail(Current, $"'{last.Text}{Current.Text}' is not allowed: use brackets");
            }

            signs.Push(Take());
        }

        if (_depth + signs.Count > _limits.Nesting)
        {
            return Fail(signs.Peek(), $"the expression nests deeper than {_limits.Nesting} levels");
        }

        // A minus right before a number is part of it, so that the smallest integer can be written.
        var negative = signs.TryPeek(out var sign) && sign.Text == "-"
            && (Current.Kind == TokenKind.Int || (Current.Kind == TokenKind.Literal && Current.Value.Kind == CelKind.Double));
        var result = Member(negative ? signs.Pop().Start : -1);
        foreach (var operation in signs)
        {
            result = new Call(operation.Start, operation.Text == "-" ? "-_" : "!_", null, [result]);
        }

        return result;
    }

    private Expr Member(int minusAt)
    {
        var result = minusAt >= 0 ? Negative(minusAt) : Primary();
        while (true)
        {
            if (Current.Is("."))
            {
                Take();
                result = Field(result, TryTake("?") ? SelectKind.Optional : SelectKind.Field);
            }
            else if (Current.Is("["))
            {
                var at = Take().Start;
                var function = TryTake("?") ? "_[?_]" : "_[_]";
                var index = Expression();
                Expect("]");
                result = new Call(at, function, null, [result, index]);
            }
            else if (Current.Is("{") && TypeName(result) is { } type)
            {
                result = Fields(result.Offset, type.Name, type.Absolute);
            }
            else
            {
                return result;
            }
        }
    }

    private Expr Field(Expr operand, SelectKind kind)
    {
        var name = Take();
        if (name.Kind == TokenKind.QuotedName)
        {
            return new Select(name.Start, operand, name.Text, kind, quoted: true);
        }

        if (name.Kind != TokenKind.Name)
        {
            return Fail(name, $"after '.' stands the name of a field or function, not {name.Describe()}");
        }

        if (!Current.Is("("))
        {
            return new Select(name.Start, operand, name.Text, kind, quoted: false);
        }

        if (kind == SelectKind.Optional)
        {
            return Fail(name, $"'.?' reads a field; the function is called with '.{name.Text}(...)'");
        }

        var arguments = Arguments();
        return _macros.ExpandMember(name, operand, arguments) ?? new Call(name.Start, name.Text, operand, arguments, end: _tokens[_at - 1].End);
    }

    private List<Expr> Arguments()
    {
        Take();
        return Separated(")", Expression, trailing: false);
    }

    private List<T> Separated<T>(string close, Func<T> read, bool trailing = true)
    {
        var items = new List<T>();
        while (!Current.Is(close) && Current.Kind != TokenKind.End)
        {
            items.Add(read());
            if (!Current.Is(","))
            {
                break;
            }

            var comma = Take();
            if (Current.Is(close) && !trailing)
            {
                Fail(comma, "a comma may not stand before ')'");
            }
        }

        Expect(close);
        return items;
    }

    private Token Take() => Current.Kind == TokenKind.End ? Current : _tokens[_at++];

    private bool TryTake(string symbol)
    {
        var found = Current.Is(symbol);
        _at += found ? 1 : 0;
        return found;
    }

    private void Expect(string symbol)
    {
        if (Current.Is(symbol))
        {
            Take();
        }
        else
        {
            Fail(Current, $"expected '{symbol}', found {Current.Describe()}");
        }
    }

    /// <summary>Notes the first syntax error and jumps to the end: what follows it would only be guessed at.</summary>
    private Literal Fail(Token at, string message)
    {
        if (_issues.Count == 0)
        {
            _issues.Add(_source.Issue(at.Start, message));
        }

        _at = _tokens.Count - 1;
        return new Literal(at.Start, CelValue.Null);
    }
}
