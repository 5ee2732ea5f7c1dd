using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Prompts;

/// <summary>One prompt with its versions and labels. Key: <c>organization/project/name</c>. Callers have passed the permission check.</summary>
[Alias("IPromptGrain")]
public interface IPromptGrain : IGrainWithStringKey
{
    /// <summary>The prompt; null when nothing was ever saved under this name.</summary>
    [Alias("FindAsync"), Repeatable]
    Task<PromptView?> FindAsync();

    /// <summary>The prompt; null when nothing was ever saved under this name, which the directory then no longer lists.</summary>
    [Alias("FindOrForgetAsync")]
    Task<PromptView?> FindOrForgetAsync();

    /// <summary>A version by number; null when there is none.</summary>
    [Alias("FindVersionAsync"), Repeatable]
    Task<PromptVersionView?> FindVersionAsync(int number);

    /// <summary>The version that a label points at; null when there is no such label.</summary>
    [Alias("FindLabelledAsync"), Repeatable]
    Task<PromptVersionView?> FindLabelledAsync(string label);

    /// <summary>Versions below a number (null: from the newest), newest first.</summary>
    [Alias("VersionsAsync"), Repeatable]
    Task<PromptVersionPage> VersionsAsync(int? below, int first);

    /// <summary>The version that holds this content: an existing one, or the next number.</summary>
    /// <exception cref="RequestFailedException">CONFLICT: the prompt is archived, or another version came after the expected parent.
    /// BAD_USER_INPUT: the content is wrong.</exception>
    [Alias("SaveAsync")]
    Task<SavedPromptVersion> SaveAsync(NewPromptVersion version);

    /// <summary>Points a label at a version.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: there is no such version. BAD_USER_INPUT: the label is no label.</exception>
    [Alias("SetLabelAsync")]
    Task<PromptView> SetLabelAsync(string label, int number, string actorId);

    /// <summary>Takes the prompt out of use, or back into it.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: there is no such prompt.</exception>
    [Alias("SetArchivedAsync")]
    Task<PromptView> SetArchivedAsync(bool archived);
}
