using System.Globalization;
using Jingwei.Identifiers.Gs1.Content;

namespace Jingwei.Demo.PcbChain.Simulation;

/// <summary>GS1 keys as canonical Digital Links, with their check digits.</summary>
internal static class Keys
{
    private const string Host = "https://id.gs1.org";

    /// <summary>A trade item: a GTIN of 14 digits, indicator 0, with seven digits of company and five of item.</summary>
    public static string Product(string company, int item) => $"{Host}/01/{Checked($"0{company}{Number(item, 12 - company.Length)}")}";

    /// <summary>A logistic unit: an SSCC with extension digit 1.</summary>
    public static string Crate(string company, int number) => $"{Host}/00/{Checked($"1{company}{Number(number, 16 - company.Length)}")}";

    public static bool IsCrate(string link) => link.StartsWith($"{Host}/00/", StringComparison.Ordinal);

    public static string Place(string company, int number) => $"{Host}/414/{Gln(company, number)}";

    public static string Entity(string company, int number) => $"{Host}/417/{Gln(company, number)}";

    public static string Gln(string company, int number) => Checked($"{company}{Number(number, 12 - company.Length)}");

    /// <summary>The suffix under which a node keeps what a Digital Link names: all behind the host.</summary>
    public static string SuffixOf(string link) => link[(Host.Length + 1)..];

    private static string Number(int number, int digits) => number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');

    private static string Checked(string digits) => digits + CheckDigit.Of(digits);
}
