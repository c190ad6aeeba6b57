namespace Jingwei.Server.Directory.Calendars;

/// <summary>What may have working times of its own.</summary>
public enum OwnerKind
{
    /// <summary>With everything of it and of the parties below it.</summary>
    Party,

    /// <summary>With everything that is part of it.</summary>
    Thing,
}

/// <summary>A party or thing that has working times of its own.</summary>
public readonly record struct CalendarOwner(OwnerKind Kind, string Id);
