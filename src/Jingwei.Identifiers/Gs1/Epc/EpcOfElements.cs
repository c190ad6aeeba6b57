namespace Jingwei.Identifiers.Gs1.Epc;

/// <summary>The way back from elements to an EPC URI: take the key apart, then read what comes of it, so that there is one set of rules.</summary>
internal static class EpcOfElements
{
    internal static Gs1Reading<EpcUri> Find(IReadOnlyList<Gs1Element> elements, int prefixLength)
    {
        if (prefixLength is < EpcUri.ShortestCompanyPrefix or > EpcUri.LongestCompanyPrefix)
        {
            return new Gs1Problem(Gs1ProblemCode.InvalidCompanyPrefix, $"A company prefix in an EPC URI has {EpcUri.ShortestCompanyPrefix} to {EpcUri.LongestCompanyPrefix} digits.", 0);
        }

        if (elements.Count == 0 || FormOf(elements) is not { } form)
        {
            return new Gs1Problem(Gs1ProblemCode.NoEpc, "No EPC URI stands for these elements.", 0);
        }

        var serial = elements.FirstOrDefault(element => element.Identifier == form.SerialIdentifier).Value;
        if (TakeApart(form, elements[0].Value, serial, prefixLength) is not { } epc)
        {
            return new Gs1Problem(Gs1ProblemCode.TooShort, "The key is too short for the company prefix.", 0);
        }

        var read = EpcUri.Read(epc.ToString());
        return !read.IsValid || read.Value.Elements()[0].Value == elements[0].Value
            ? read
            : new Gs1Problem(Gs1ProblemCode.WrongCheckDigit, "The check digit of the key does not fit.", 0);
    }

    /// <summary>What of a key begins with the company prefix; empty where no EPC URI stands for these elements.</summary>
    internal static ReadOnlySpan<char> CompanyPart(IReadOnlyList<Gs1Element> elements) => elements.Count > 0 && FormOf(elements) is { } form
        ? elements[0].Value.AsSpan(Math.Min(form.Filler.Length + (form.LeadsKey ? 1 : 0), elements[0].Value.Length))
        : [];

    // More than one form has AI 01: the serial number decides, then the extension, then the lot.
    private static EpcForm? FormOf(IReadOnlyList<Gs1Element> elements) =>
        Array.Find(EpcForm.All, form => form.Key == elements[0].Identifier && elements.Any(element => element.Identifier == form.SerialIdentifier))
        ?? Array.Find(EpcForm.All, form => form.Key == elements[0].Identifier);

    private static EpcUri? TakeApart(EpcForm form, string key, string? serial, int prefixLength)
    {
        if (form.Digits == 0)
        {
            return key.Length <= prefixLength ? null : Build(form, key[..prefixLength], key[prefixLength..], null, serial);
        }

        var numeric = form.Filler.Length + form.Digits + 1;
        if (key.Length < numeric + (form.HasPieces ? 4 : 0))
        {
            return null;
        }

        var digits = key[form.Filler.Length..(numeric - 1)];
        var (prefix, reference) = form.LeadsKey
            ? (digits[1..(1 + prefixLength)], digits[0] + digits[(1 + prefixLength)..])
            : (digits[..prefixLength], digits[prefixLength..]);
        var behind = key[numeric..];
        return form.HasPieces || form.SerialIdentifier is not null || form.SerialLength == 0
            ? Build(form, prefix, reference, behind, serial)
            : Build(form, prefix, reference, null, behind.Length == 0 ? null : behind);
    }

    private static EpcUri Build(EpcForm form, string prefix, string reference, string? pieces, string? serial)
    {
        serial ??= form.Scheme == EpcScheme.Sgln ? EpcUri.NoExtension : null;
        return new()
        {
            Scheme = form.Scheme,
            Kind = form.Scheme == EpcScheme.Lgtin ? EpcUriKind.Class : form.SerialLength > 0 && serial is null ? EpcUriKind.Pattern : EpcUriKind.Identity,
            CompanyPrefix = prefix,
            Reference = reference,
            Piece = form.HasPieces ? pieces![..2] : null,
            Total = form.HasPieces ? pieces![2..] : null,
            Serial = serial,
        };
    }
}
