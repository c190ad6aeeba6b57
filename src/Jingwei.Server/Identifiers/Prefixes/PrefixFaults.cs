using Jingwei.Server.Access;

namespace Jingwei.Server.Identifiers.Prefixes;

/// <summary>What is wrong with what somebody asks for; every mistake, each with its field.</summary>
internal static class PrefixFaults
{
    /// <summary>Most characters of a sentence: why, what for.</summary>
    public const int MostSentence = 1_000;

    private const int MostPort = 65_535;

    public static IReadOnlyList<string> Of(PrefixApplication application)
    {
        var faults = new List<string>();
        if (application.Prefix is null == application.Below is null)
        {
            faults.Add("Either \"prefix\" names what is applied for, or \"below\" the prefix under which the next number is taken.");
        }

        if ((application.Prefix ?? application.Below) is { } name && PrefixName.Of(name) is null)
        {
            faults.Add($"\"{name}\" is no prefix: letters, digits and hyphens with dots between them, at most {PrefixName.MostCharacters}; its first part is not 0.");
        }

        if (string.IsNullOrEmpty(application.Party))
        {
            faults.Add("\"party\" is missing.");
        }

        if (application.Applicant is { } applicant)
        {
            faults.AddRange(Of(applicant));
        }

        return faults;
    }

    public static IReadOnlyList<string> Of(PrefixSettings settings)
    {
        var faults = new List<string>();
        if (settings.Quota is < 0)
        {
            faults.Add("\"quota\" is a number of identifiers, 0 or more.");
        }

        if (settings.Delegation is { } delegation)
        {
            if (Uri.CheckHostName(delegation.Host) == UriHostNameType.Unknown)
            {
                faults.Add("\"delegation.host\" is a host name or an address.");
            }

            if (delegation.Port is < 1 or > MostPort)
            {
                faults.Add($"\"delegation.port\" is a number from 1 to {MostPort}; {PrefixDelegation.RegisteredPort} is the registered one.");
            }

            if (delegation.Http is { } http && !(http.IsAbsoluteUri && http.Scheme is "http" or "https"))
            {
                faults.Add("\"delegation.http\" is an address that begins with http:// or https://.");
            }
        }

        return faults;
    }

    /// <summary>What is wrong with a reason that must be given; null for nothing.</summary>
    public static string? OfWhy(string? why) =>
        string.IsNullOrWhiteSpace(why) || why.Length > MostSentence ? $"\"why\" is a sentence of at most {MostSentence} characters." : null;

    private static IEnumerable<string> Of(PrefixApplicant applicant)
    {
        (string Field, string? Value, int Most, bool Needed)[] texts =
        [
            ("organisation", applicant.Organisation, Ids.MaximumName, true), ("industry", applicant.Industry, Ids.MaximumName, false),
            ("contact", applicant.Contact, Ids.MaximumName, true), ("phone", applicant.Phone, Ids.MaximumName, false),
            ("email", applicant.Email, Ids.MaximumName, false), ("purpose", applicant.Purpose, MostSentence, true),
        ];
        foreach (var (field, value, most, needed) in texts)
        {
            if ((needed && string.IsNullOrWhiteSpace(value)) || value?.Length > most)
            {
                yield return $"\"applicant.{field}\" is a text of at most {most} characters{(needed ? "" : ", or left out")}.";
            }
        }

        if (applicant.CreditCode is { } code && !CreditCode.IsValid(code))
        {
            yield return "\"applicant.creditCode\" is no unified social credit code (GB 32100-2015): its check character does not fit.";
        }
    }
}
