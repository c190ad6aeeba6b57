namespace Jingwei.Demo.Emergency.Simulation;

/// <summary>What is said once.</summary>
/// <param name="At">Minutes since the day's begin; of a kind's, since the story's.</param>
/// <param name="By">The source's id.</param>
/// <param name="Place">Where it is, in words, where that is said apart.</param>
/// <param name="Point">A position is given, near the county's seat.</param>
/// <param name="Picture">The picture that comes with it, by name.</param>
/// <param name="Rumour">It is not true.</param>
/// <param name="Service">Of a request: what is asked for, as the server lists it.</param>
/// <param name="Also">Other words for the same.</param>
internal sealed record Line(double At, string By, string Text, string? Title = null, string? Place = null, bool Point = false, string? Picture = null, bool Rumour = false, IReadOnlyList<string>? Also = null, string? Service = null);

/// <summary>What somebody does about a story.</summary>
/// <param name="At">Minutes since the day's begin.</param>
/// <param name="Act">comment, raise, warn, correct, supervise, answer or dismiss.</param>
/// <param name="Who">The user.</param>
/// <param name="Fact">Of a correction: the fact, its right number, and words of the report that has it wrong.</param>
internal sealed record Deed(
    double At, string Act, string Who, string Text, string? Fact = null, double? Number = null, string? Find = null,
    string? Detail = null, string? Advice = null, IReadOnlyList<string>? Regions = null, string? Severity = null, double Hours = 0);

/// <summary>Something that happens, and all that is said of it.</summary>
/// <param name="Region">The code of its county, or its city.</param>
/// <param name="Begins">Minutes since the day's begin; what is under way already begins before it.</param>
/// <param name="Large">One of the two that the day is about.</param>
/// <param name="False">It never happened.</param>
/// <param name="Both">Its lines speak of these stories at once.</param>
/// <param name="Scattered">Its lines have nothing to do with each other.</param>
internal sealed record Story(
    string Id, string Region, double Begins, string Title, string Cause, string Measures, string Lessons, IReadOnlyList<Line> Reports, IReadOnlyList<Deed>? Acts = null,
    bool Large = false, bool False = false, bool Scattered = false, IReadOnlyList<string>? Both = null);

/// <summary>A kind of small incidents, of which a day has many.</summary>
/// <param name="Weight">How often it happens, beside the others.</param>
/// <param name="Warm">The same in summer, times this; <paramref name="Cold"/>: in winter.</param>
/// <param name="Hours">The least and the most hours until it is over.</param>
/// <param name="Words">What a name in braces may stand for.</param>
/// <param name="Past">What is kept of it afterwards.</param>
/// <param name="Coast">Only on the sea.</param>
internal sealed record StoryKind(
    string Id, double Weight, double Warm, double Cold, IReadOnlyList<double> Hours, string Title, IReadOnlyDictionary<string, IReadOnlyList<string>> Words,
    IReadOnlyDictionary<string, IReadOnlyList<int>> Numbers, IReadOnlyList<Line> Reports, string Past, string Cause, string Measures, string Lessons, bool Coast = false);
