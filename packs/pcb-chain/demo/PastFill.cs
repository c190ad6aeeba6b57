using Jingwei.Demo.PcbChain.Simulation;

namespace Jingwei.Demo.PcbChain;

/// <summary>Loads what happened before anybody looked, company by company. Loaded again it changes nothing: events are known by their hash.</summary>
internal sealed class PastFill(Recording recording, Naming naming, Presses presses, Journal journal)
{
    public async Task RunAsync(Chain chain, IReadOnlyList<ChainEvent> past, CancellationToken stop)
    {
        foreach (var ofFirm in past.GroupBy(happened => happened.Firm))
        {
            await naming.RegisterAsync(ofFirm.Key, [.. ofFirm.SelectMany(happened => happened.Made)], stop);
            await recording.CaptureAsync(ofFirm.Key, ofFirm.Select(happened => happened.ToJson(happened.At, 1, chain.Name)), stop);
        }

        await presses.WriteAsync(
            past.Where(happened => happened.Firm == Registration.Pressing && happened.Cycle is not null).Select(happened => (happened.Cycle!, happened.At)), 1, stop);
        journal.Write($"past: {past.Count} events and {past.Sum(happened => happened.Made.Count)} identifiers of {Chain.PastDays} days loaded");
    }
}
