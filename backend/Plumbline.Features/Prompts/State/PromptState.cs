using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Prompts;

namespace Plumbline.Features.Prompts.State;

/// <summary>What is kept of a prompt, and what may become of it. Version n stands at index n - 1: there are no gaps.</summary>
[GenerateSerializer, Alias("PromptState"), Immutable]
internal sealed record PromptState
{
    [Id(0)] public ImmutableArray<StoredVersion> Versions { get; init; } = [];

    [Id(1)] public ImmutableArray<PromptLabelView> Labels { get; init; } = [];

    [Id(2)] public DateTimeOffset? ArchivedAt { get; init; }

    public bool Exists => Versions.Length > 0;

    public int LatestNumber => Versions.Length;

    /// <summary>The state with the version that holds this content, its number, and whether it is new.</summary>
    /// <param name="version">Its content has been checked.</param>
    /// <param name="hash">The content's hash.</param>
    /// <param name="now">The time.</param>
    /// <param name="most">How many versions there may be.</param>
    /// <exception cref="RequestFailedException">CONFLICT or BAD_USER_INPUT.</exception>
    public (PromptState Next, int Number, bool Created) Save(NewPromptVersion version, string hash, DateTimeOffset now, int most)
    {
        if (ArchivedAt is not null) throw Failure.Conflict("This prompt is archived. Restore it before saving a version.");
        if (Find(hash) is { } known) return (this, known, false);
        if (version.ExpectedParent is { } expected && expected != LatestNumber)
            throw Failure.Conflict(LatestNumber > expected
                ? $"Version {LatestNumber} was saved meanwhile; you started from version {expected}. Compare the two and save again."
                : $"There is no version {expected} to start from; the latest is {LatestNumber}.");
        if (Versions.Length >= most) throw Failure.BadInput($"This prompt has {most} versions, the most it may have. Go on under another name.");
        int? parent = Exists ? LatestNumber : null;
        var stored = new StoredVersion(hash, version.Content, version.Source, version.AuthorId, version.Note, parent, now);
        return (this with { Versions = Versions.Add(stored) }, LatestNumber + 1, true);
    }

    /// <summary>The state with the label at that version.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND or BAD_USER_INPUT.</exception>
    public PromptState SetLabel(string label, int number, string actorId, DateTimeOffset now, int most)
    {
        if (number < 1 || number > LatestNumber) throw Failure.NotFound();
        var before = Labels.FirstOrDefault(l => l.Name == label);
        if (before?.Number == number) return this;
        if (before is null && Labels.Length >= most) throw Failure.BadInput($"This prompt has {most} labels, the most it may have. Use one of them.");
        var after = new PromptLabelView(label, number, actorId, now, before?.Number);
        return this with { Labels = [.. Labels.Where(l => l.Name != label).Append(after).OrderBy(l => l.Name, StringComparer.Ordinal)] };
    }

    /// <summary>The state in use or out of it.</summary>
    public PromptState SetArchived(bool archived, DateTimeOffset now) =>
        archived == ArchivedAt.HasValue ? this : this with { ArchivedAt = archived ? now : null };

    public PromptView View(ProjectKey project, string name) => new()
    {
        Project = project,
        Name = name,
        CreatedAt = Versions[0].CreatedAt,
        ArchivedAt = ArchivedAt,
        LatestNumber = LatestNumber,
        Labels = Labels,
    };

    public PromptVersionView? VersionView(ProjectKey project, string name, int number)
    {
        if (number < 1 || number > LatestNumber) return null;
        var version = Versions[number - 1];
        return new()
        {
            Project = project,
            PromptName = name,
            Number = number,
            ContentHash = version.Hash,
            Content = version.Content,
            Source = version.Source,
            AuthorId = version.AuthorId,
            Note = version.Note,
            ParentNumber = version.ParentNumber,
            CreatedAt = version.CreatedAt,
            Labels = [.. Labels.Where(l => l.Number == number).Select(l => l.Name)],
        };
    }

    private int? Find(string hash)
    {
        for (var i = 0; i < Versions.Length; i++)
            if (Versions[i].Hash == hash) return i + 1;
        return null;
    }
}

/// <summary>A version as it is kept.</summary>
[GenerateSerializer, Alias("StoredVersion"), Immutable]
internal sealed record StoredVersion(
    [property: Id(0)] string Hash,
    [property: Id(1)] PromptContent Content,
    [property: Id(2)] VersionSource Source,
    [property: Id(3)] string AuthorId,
    [property: Id(4)] string? Note,
    [property: Id(5)] int? ParentNumber,
    [property: Id(6)] DateTimeOffset CreatedAt);
