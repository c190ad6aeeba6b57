using System.Diagnostics.CodeAnalysis;

namespace Jingwei.Identifiers.Gs1;

/// <summary>What was read, or why it could not be.</summary>
/// <param name="Value">What was read; null when there is a problem.</param>
/// <param name="Problem">The first problem; null when there is none.</param>
public readonly record struct Gs1Reading<T>(T? Value, Gs1Problem? Problem)
    where T : class
{
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsValid => Problem is null;

    public static implicit operator Gs1Reading<T>(T value) => new(value, null);

    public static implicit operator Gs1Reading<T>(Gs1Problem problem) => new(null, problem);
}
