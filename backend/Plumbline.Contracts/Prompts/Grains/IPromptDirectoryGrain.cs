using System.Collections.Immutable;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Prompts;

/// <summary>The prompts of a project by name. Key: <c>organization/project</c>.</summary>
[Alias("IPromptDirectoryGrain")]
public interface IPromptDirectoryGrain : IGrainWithStringKey
{
    /// <summary>Prompts whose name contains the text (case does not matter), by name, archived ones last.</summary>
    [Alias("ListAsync"), Repeatable]
    Task<ImmutableArray<PromptEntry>> ListAsync(string? search);

    /// <summary>Asks for room for one more prompt, unless this one is known.</summary>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT: the project has as many prompts as it may have.</exception>
    [Alias("RequireRoomAsync"), Repeatable]
    Task RequireRoomAsync(string name);

    /// <summary>Makes a prompt that is stored known; does nothing when it is.</summary>
    [Alias("PutAsync")]
    Task PutAsync(PromptEntry entry);

    /// <summary>Forgets a name under which no prompt is stored.</summary>
    [Alias("DropAsync")]
    Task DropAsync(string name);
}
