using Jingwei.Cel;

namespace Jingwei.Server.Packs.Functions;

/// <summary>The thing that an expression is evaluated for, as the functions of <see cref="ThingFunctions"/> see it.</summary>
public abstract class JudgedThing
{
    /// <summary>Event time, microseconds UTC.</summary>
    public abstract long Moment { get; }

    public abstract string Region { get; }

    public abstract string Party { get; }

    /// <summary>True for its own region and all above it.</summary>
    public abstract bool IsIn(string region);

    /// <summary>The newest value of the thing that it is part of; an error value when there is none.</summary>
    public abstract CelValue OfParent(string property);

    /// <summary>The newest values of the other things of its type with the same parent.</summary>
    public abstract IReadOnlyList<CelValue> OfSiblings(string property);
}
