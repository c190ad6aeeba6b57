namespace Jingwei.Demo.Factory.Simulation;

/// <summary>One value of one property; <paramref name="Text"/> is null for numbers.</summary>
internal readonly record struct Measurement(string Property, double Number, string? Text = null);

/// <summary>What one machine says about itself at one time.</summary>
internal sealed record Report(DateTimeOffset At, IReadOnlyList<Measurement> Values);
