namespace Jingwei.Demo.Factory.Simulation;

/// <summary>One panel on its way through the line.</summary>
/// <param name="Lot">The run that it belongs to.</param>
/// <param name="IsFlawed">A hole stands off its pad and the hole inspection did not see it; the electrical test will.</param>
internal readonly record struct Panel(Lot Lot, bool IsFlawed);
