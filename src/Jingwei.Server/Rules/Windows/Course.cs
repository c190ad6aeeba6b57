using Jingwei.Cel;
using Jingwei.Server.Packs.Functions;

namespace Jingwei.Server.Rules.Windows;

/// <summary>
/// What is kept of the course of one expression over one thing, for an aggregate of a rule. Times are event times in microseconds UTC and never go
/// back. Size is fixed, however many readings there are. One thread at a time.
/// </summary>
internal abstract class Course
{
    /// <summary>What the expression is from <paramref name="time"/> on.</summary>
    public abstract void Take(in CelValue value, long time);

    /// <summary>The result at a time; unset while nothing was taken or there is too little.</summary>
    public abstract CelValue At(long time);

    /// <summary>When the result next becomes another one although nothing comes; <see cref="long.MaxValue"/> for never.</summary>
    public virtual long NextChange => long.MaxValue;

    public abstract void Write(BinaryWriter to);

    public abstract void Read(BinaryReader from);

    /// <summary>An empty one for a use of one of <see cref="RuleAggregates"/>.</summary>
    public static Course Of(CelAggregateUse use)
    {
        var window = use.Arguments is [var text] ? RuleWindow.Parse(text.AsString()).Window : default;
        return use.Aggregate.Name switch
        {
            RuleAggregates.Since => new SinceCourse(),
            RuleAggregates.Streak => new StreakCourse(),
            RuleAggregates.Previous => new PreviousCourse(),
            RuleAggregates.RobustScore => new ScoreCourse(window.Length),
            RuleAggregates.Usual => new UsualCourse(window.Length),
            RuleAggregates.Count => Windowed(window, Figure.Count, Feeding.WhenTrue),
            RuleAggregates.Changes => Windowed(window, Figure.Count, Feeding.WhenOther),
            RuleAggregates.Lasted => Windowed(window, Figure.Lasted, Feeding.WhileTrue),
            var number => Windowed(window, FigureOf(number), Feeding.Number),
        };
    }

    private static WindowCourse Windowed(RuleWindow window, Figure figure, Feeding feeding) => window.Kind switch
    {
        WindowKind.Sliding => new SlidingCourse(window.Length, figure, feeding),
        WindowKind.Tumbling => new TumblingCourse(window.Length, figure, feeding),
        _ => new SessionCourse(window.Length, figure, feeding),
    };

    private static Figure FigureOf(string name) => name switch
    {
        RuleAggregates.Average => Figure.Average,
        RuleAggregates.Sum => Figure.Sum,
        RuleAggregates.Minimum => Figure.Minimum,
        RuleAggregates.Maximum => Figure.Maximum,
        RuleAggregates.Deviation => Figure.Deviation,
        RuleAggregates.Change => Figure.Change,
        RuleAggregates.Rate => Figure.Rate,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such aggregate."),
    };
}
