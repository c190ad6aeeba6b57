using System.Globalization;

namespace Jingwei.Demo.PcbChain.Simulation;

/// <summary>Everything that happens in the chain, in the order of time, without end. Same seed and begin, same chain.</summary>
internal sealed class Chain(int seed, DateTimeOffset begin)
{
    /// <summary>How long the chain has been at work when somebody first looks at it.</summary>
    public const int PastDays = 90;

    public int Seed => seed;

    public DateTimeOffset Begin => begin;

    /// <summary>When the past ends.</summary>
    public DateTimeOffset Now => begin.AddDays(PastDays);

    /// <summary>What events say they are of, so that a program that is started again goes on with the same chain.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{seed} {begin.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");

    /// <summary>The chain of that name; null where it is none.</summary>
    public static Chain? Named(string? name) =>
        name?.Split(' ') is [var seed, var begin] && int.TryParse(seed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && DateTimeOffset.TryParse(begin, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new(number, time)
            : null;

    /// <summary>All events, numbered from 0.</summary>
    public IEnumerable<ChainEvent> Events()
    {
        var waiting = new PriorityQueue<ChainEvent, (DateTimeOffset At, long Entered)>();
        var sources = new PriorityQueue<(int Number, Func<int, DateTimeOffset> Start, Func<int, IEnumerable<ChainEvent>> Open), (DateTimeOffset Start, int Source)>();
        var supply = new Supply(begin);
        AddSource(0, number => supply.StartOf(Supply.Sheets, number), supply.SheetsIn);
        AddSource(1, number => supply.StartOf(Supply.Parts, number), supply.PartsIn);
        AddSource(2, number => LotLife.StartOf(begin, number), number => LotLife.Of(seed, begin, number).Events);
        for (long entered = 0, told = 0; ; told++)
        {
            while (sources.TryPeek(out _, out var next) && (!waiting.TryPeek(out _, out var first) || next.Start <= first.At))
            {
                var (number, start, open) = sources.Dequeue();
                foreach (var happened in open(number))
                {
                    waiting.Enqueue(happened, (happened.At, entered++));
                }

                sources.Enqueue((number + 1, start, open), (start(number + 1), next.Source));
            }

            yield return waiting.Dequeue() with { Number = told };
        }

        void AddSource(int source, Func<int, DateTimeOffset> start, Func<int, IEnumerable<ChainEvent>> open) => sources.Enqueue((0, start, open), (start(0), source));
    }

    /// <summary>The events that have happened when somebody first looks.</summary>
    public IReadOnlyList<ChainEvent> Past() => [.. Events().TakeWhile(happened => happened.At < Now)];
}
