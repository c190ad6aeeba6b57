namespace Jingwei.Cel.Syntax;

/// <summary>Literals, names, brackets and the making of objects.</summary>
internal sealed partial class Parser
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
        "namespace", "return", "var", "void", "while",
    };

    private Expr Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Int:
                Take();
                return Integer(token);
            case TokenKind.Literal:
                Take();
                return new Literal(token.Start, token.Value);
            case TokenKind.True or TokenKind.False:
                Take();
                return new Literal(token.Start, token.Kind == TokenKind.True);
            case TokenKind.Null:
                Take();
                return new Literal(token.Start, CelValue.Null);
            case TokenKind.Name:
                return Name(absolute: false);
            case TokenKind.Symbol when token.Text is "." or "(" or "[" or "{":
                return Bracket(token);
            default:
                return Fail(token, $"expected a value, found {token.Describe()}");
        }
    }

    private Expr Bracket(Token open)
    {
        Take();
        switch (open.Text)
        {
            case ".":
                return Current.Kind == TokenKind.Name ? Name(absolute: true) : Fail(Current, $"expected a name, found {Current.Describe()}");
            case "(":
                var inner = Expression();
                Expect(")");
                return inner;
            case "[":
                return new ListExpr(open.Start, Separated("]", () => Part(Question(), Expression())));
            default:
                return new MapExpr(open.Start, Separated("}", () =>
                {
                    var question = Question();
                    var key = Expression();
                    Expect(":");
                    return (key, Part(question, Expression()));
                }));
        }
    }

    /// <summary>Where the '?' before an optional element, entry or field stands; null when there is none.</summary>
    private int? Question() => Current.Is("?") ? Take().Start : null;

    private static Expr Part(int? question, Expr value) => question is { } at ? new OptionalPart(at, value) : value;

    private Expr Name(bool absolute)
    {
        var name = Take();
        if (Reserved.Contains(name.Text) && !IsTypeNameAhead())
        {
            return Fail(name, $"'{name.Text}' is a reserved word and cannot be a name");
        }

        if (!Current.Is("("))
        {
            return new Ident(name.Start, name.Text, absolute);
        }

        var arguments = Arguments();
        return (absolute ? null : _macros.ExpandGlobal(name, arguments)) ?? new Call(name.Start, name.Text, null, arguments, absolute, _tokens[_at - 1].End);
    }

    /// <summary>Whether .name.name{ follows: in the name of a type reserved words are allowed.</summary>
    private bool IsTypeNameAhead()
    {
        var ahead = _at;
        while (_tokens[ahead].Is(".") && _tokens[ahead + 1].Kind == TokenKind.Name)
        {
            ahead += 2;
        }

        return _tokens[ahead].Is("{");
    }

    private ObjectExpr Fields(int offset, string type, bool absolute)
    {
        Take();
        var fields = Separated("}", () =>
        {
            var question = Question();
            var name = Take();
            if (name.Kind is not (TokenKind.Name or TokenKind.QuotedName))
            {
                Fail(name, $"expected the name of a field, found {name.Describe()}");
            }

            Expect(":");
            return (name.Start, name.Text, Part(question, Expression()));
        });
        return new ObjectExpr(offset, type, absolute, fields);
    }

    private static (string Name, bool Absolute)? TypeName(Expr expression) => expression switch
    {
        Ident ident => (ident.Name, ident.Absolute),
        Select { MayBeName: true } select when TypeName(select.Operand) is { } prefix =>
            ($"{prefix.Name}.{select.Field}", prefix.Absolute),
        _ => null,
    };

    private Literal Negative(int minusAt)
    {
        var token = Take();
        if (token.Kind == TokenKind.Literal)
        {
            return new Literal(minusAt, -token.Value.RawDouble);
        }

        var magnitude = token.Value.AsUint();
        return magnitude <= 1ul << 63
            ? new Literal(minusAt, unchecked(-(long)magnitude))
            : Fail(token, $"the integer -{token.Text} does not fit 64 bits");
    }

    private Literal Integer(Token token) =>
        token.Value.AsUint() <= long.MaxValue
            ? new Literal(token.Start, (long)token.Value.AsUint())
            : Fail(token, $"the integer {token.Text} does not fit 64 bits; with a 'u' at its end it may be unsigned");
}
