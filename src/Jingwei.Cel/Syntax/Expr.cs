namespace Jingwei.Cel.Syntax;

/// <summary>A node of the syntax tree, after macros are expanded. Offset points into the source, for errors.</summary>
internal abstract class Expr(int offset, params IEnumerable<Expr> children)
{
    public int Offset => offset;

    /// <summary>Nodes below and including this one.</summary>
    public int Size { get; } = 1 + children.Sum(child => child.Size);

    /// <summary>Nodes on the longest way down.</summary>
    public int Height { get; } = 1 + children.Select(child => child.Height).DefaultIfEmpty().Max();
}

internal sealed class Literal(int offset, CelValue value) : Expr(offset)
{
    public CelValue Value => value;
}

/// <summary>A name; absolute with a leading dot.</summary>
internal sealed class Ident(int offset, string name, bool absolute) : Expr(offset)
{
    public string Name => name;

    public bool Absolute => absolute;
}

internal enum SelectKind
{
    /// <summary>operand.field.</summary>
    Field,
    /// <summary>has(operand.field).</summary>
    Test,
    /// <summary>operand.?field.</summary>
    Optional,
}

internal sealed class Select(int offset, Expr operand, string name, SelectKind kind, bool quoted) : Expr(offset, operand)
{
    public Expr Operand => operand;

    public string Field => name;

    public SelectKind Kind => kind;

    /// <summary>Whether this may be part of a dotted name; a `quoted` field never is.</summary>
    public bool MayBeName => kind == SelectKind.Field && !quoted;
}

/// <summary>A function, an operator (named as in the standard definitions, for example _+_) or an index.</summary>
internal sealed class Call(int offset, string function, Expr? target, IReadOnlyList<Expr> arguments, bool absolute = false, int end = 0)
    : Expr(offset, target is null ? arguments : arguments.Prepend(target))
{
    public string Function => function;

    /// <summary>Behind the closing bracket; 0 for an operator.</summary>
    public int End => end;

    public Expr? Target => target;

    public IReadOnlyList<Expr> Arguments => arguments;

    public bool Absolute => absolute;
}

/// <summary>A chain of one logical operator.</summary>
internal sealed class Logic(int offset, bool isAnd, IReadOnlyList<Expr> operands) : Expr(offset, operands)
{
    public bool IsAnd => isAnd;

    public IReadOnlyList<Expr> Operands => operands;
}

internal sealed class Conditional(int offset, Expr test, Expr whenTrue, Expr whenFalse) : Expr(offset, test, whenTrue, whenFalse)
{
    public Expr Test => test;

    public Expr WhenTrue => whenTrue;

    public Expr WhenFalse => whenFalse;
}

internal sealed class ListExpr(int offset, IReadOnlyList<Expr> elements) : Expr(offset, elements)
{
    public IReadOnlyList<Expr> Elements => elements;
}

internal sealed class MapExpr(int offset, IReadOnlyList<(Expr Key, Expr Value)> entries)
    : Expr(offset, entries.SelectMany(entry => new[] { entry.Key, entry.Value }))
{
    public IReadOnlyList<(Expr Key, Expr Value)> Entries => entries;
}

/// <summary>TypeName{field: value}.</summary>
internal sealed class ObjectExpr(int offset, string typeName, bool absolute, IReadOnlyList<(int Offset, string Name, Expr Value)> fields)
    : Expr(offset, fields.Select(field => field.Value))
{
    public string TypeName => typeName;

    public bool Absolute => absolute;

    public IReadOnlyList<(int Offset, string Name, Expr Value)> Fields => fields;
}

internal enum ComprehensionKind
{
    All,
    Exists,
    ExistsOne,
    /// <summary>map() and transformList(): a list of what the body gives.</summary>
    Map,
    /// <summary>filter(): the elements or keys that pass.</summary>
    Filter,
    TransformMap,
    TransformMapEntry,
}

/// <summary>
/// A macro over a list or map. With one variable it binds the element or key; with two, index and element, or key and value.
/// The predicate decides (all, exists, exists_one, filter) or filters (the others, where it may be absent); the body makes values.
/// </summary>
internal sealed class Comprehension(
    int offset, ComprehensionKind kind, Expr range, string first, string? second, Expr? predicate, Expr? body)
    : Expr(offset, new[] { range, predicate, body }.OfType<Expr>())
{
    public ComprehensionKind Kind => kind;

    public Expr Range => range;

    public string First => first;

    public string? Second => second;

    public Expr? Predicate => predicate;

    public Expr? Body => body;
}

/// <summary>?value, as an element of a list or the value of an entry or field: it is put in where the optional has a value.</summary>
internal sealed class OptionalPart(int offset, Expr value) : Expr(offset, value)
{
    public Expr Value => value;
}

/// <summary>target.optMap(variable, body), or target.optFlatMap(variable, body), whose body gives an optional itself.</summary>
internal sealed class OptionalMap(int offset, Expr target, string variable, Expr body, bool flat) : Expr(offset, target, body)
{
    public Expr Target => target;

    public string Variable => variable;

    public Expr Body => body;

    public bool Flat => flat;
}

/// <summary>cel.bind(name, value, body).</summary>
internal sealed class Bind(int offset, string name, Expr value, Expr body) : Expr(offset, value, body)
{
    public string Name => name;

    public Expr Value => value;

    public Expr Body => body;
}
