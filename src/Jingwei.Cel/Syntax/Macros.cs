namespace Jingwei.Cel.Syntax;

/// <summary>Turns has(), the comprehensions, optMap() and cel.bind() into their nodes. A call that no macro fits stays a call.</summary>
internal sealed class Macros(SourceText source, List<CelIssue> issues)
{
    public Expr? ExpandGlobal(Token name, List<Expr> arguments)
    {
        if (name.Text != "has" || arguments.Count != 1)
        {
            return null;
        }

        if (arguments[0] is Select { Kind: SelectKind.Field } select)
        {
            return new Select(select.Offset, select.Operand, select.Field, SelectKind.Test, quoted: true);
        }

        return Problem(arguments[0].Offset, "has() takes the field of something, for example has(order.customer)");
    }

    public Expr? ExpandMember(Token name, Expr target, List<Expr> arguments)
    {
        if (target is Ident { Name: "cel", Absolute: false } && ExpandCel(name, arguments) is { } expanded)
        {
            return expanded;
        }

        if (name.Text is "greatest" or "least" && target is Ident { Name: "math", Absolute: false } && arguments.Count > 1)
        {
            // Any number of arguments is one list of them.
            return new Call(name.Start, name.Text, target, [new ListExpr(name.Start, arguments)]);
        }

        if (name.Text is "optMap" or "optFlatMap" && arguments.Count == 2)
        {
            return Variable(arguments[0]) is { } mapped
                ? new OptionalMap(name.Start, target, mapped, arguments[1], flat: name.Text == "optFlatMap")
                : NoVariable(name, arguments[0]);
        }

        var kind = Kind(name.Text, arguments.Count);
        return kind is null ? null : Expand(name, kind.Value, target, arguments);
    }

    private Expr? ExpandCel(Token name, List<Expr> arguments) => (name.Text, arguments.Count) switch
    {
        ("bind", 3) => Bound(name, arguments),
        ("block", 2) => Block(arguments[0], arguments[1]),
        ("index", 1) or ("iterVar", 2) or ("accuVar", 2) => Numbered(name, arguments),
        _ => null,
    };

    private Expr Bound(Token name, List<Expr> arguments) =>
        Variable(arguments[0]) is { } bound
            ? new Bind(name.Start, bound, arguments[1], arguments[2])
            : Problem(arguments[0].Offset, "the first argument of cel.bind() is the name of a new variable");

    /// <summary>What optimisers write: the elements are bound one after the other, each seen by those after it and by the body.</summary>
    private Expr Block(Expr elements, Expr body)
    {
        if (elements is not ListExpr list || list.Elements.Any(element => element is OptionalPart))
        {
            return Problem(elements.Offset, "the first argument of cel.block() is a list of expressions: cel.block([...], ...)");
        }

        for (var i = list.Elements.Count - 1; i >= 0; i--)
        {
            body = new Bind(list.Elements[i].Offset, $"cel.index({i})", list.Elements[i], body);
        }

        return body;
    }

    /// <summary>A variable of cel.block() or of a macro under it, named by the very call, so that no other name can be taken for it.</summary>
    private Expr Numbered(Token name, List<Expr> arguments) =>
        arguments.All(argument => argument is Literal { Value.Kind: CelKind.Int })
            ? new Ident(name.Start, $"cel.{name.Text}({string.Join(", ", arguments.Select(argument => ((Literal)argument).Value))})", absolute: false)
            : Problem(name.Start, $"cel.{name.Text}() takes numbers only");

    private static ComprehensionKind? Kind(string name, int arguments) => (name, arguments) switch
    {
        ("all", 2 or 3) => ComprehensionKind.All,
        ("exists", 2 or 3) => ComprehensionKind.Exists,
        ("exists_one", 2) or ("existsOne", 2 or 3) => ComprehensionKind.ExistsOne,
        ("map", 2 or 3) or ("transformList", 3 or 4) => ComprehensionKind.Map,
        ("filter", 2) => ComprehensionKind.Filter,
        ("transformMap", 3 or 4) => ComprehensionKind.TransformMap,
        ("transformMapEntry", 3 or 4) => ComprehensionKind.TransformMapEntry,
        _ => null,
    };

    private Expr Expand(Token name, ComprehensionKind kind, Expr range, List<Expr> arguments)
    {
        var predicates = kind is ComprehensionKind.All or ComprehensionKind.Exists or ComprehensionKind.ExistsOne or ComprehensionKind.Filter;
        var two = name.Text.StartsWith("transform", StringComparison.Ordinal) || (predicates && arguments.Count == 3);
        var first = Variable(arguments[0]);
        var second = two ? Variable(arguments[1]) : null;
        if (first is null || (two && second is null))
        {
            return NoVariable(name, arguments[first is null ? 0 : 1]);
        }

        if (first == second)
        {
            return Problem(arguments[1].Offset, $"the two variables of {name.Text}() need different names");
        }

        var rest = arguments.Skip(two ? 2 : 1).ToList();
        var predicate = predicates || rest.Count == 2 ? rest[0] : null;
        return new Comprehension(name.Start, kind, range, first, second, predicate, predicates ? null : rest[^1]);
    }

    private static string? Variable(Expr expression) => expression is Ident { Absolute: false } ident ? ident.Name : null;

    private Literal NoVariable(Token name, Expr argument) =>
        Problem(argument.Offset, $"{name.Text}() first takes the name of a new variable, for example {name.Text}(x, ...)");

    private Literal Problem(int offset, string message)
    {
        issues.Add(source.Issue(offset, message));
        return new Literal(offset, CelValue.Null);
    }
}
