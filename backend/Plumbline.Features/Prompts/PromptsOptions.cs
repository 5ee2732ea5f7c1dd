using System.ComponentModel.DataAnnotations;

namespace Plumbline.Features.Prompts;

/// <summary>Limits of prompts.</summary>
public sealed class PromptsOptions
{
    /// <summary>Messages of a version. 100.</summary>
    [Range(1, int.MaxValue)]
    public int MaxMessages { get; set; } = 100;

    /// <summary>Characters of one template. 200,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxTemplateLength { get; set; } = 200_000;

    /// <summary>Variables of a version. 100.</summary>
    [Range(1, int.MaxValue)]
    public int MaxVariables { get; set; } = 100;

    /// <summary>Tools of a version. 64.</summary>
    [Range(1, int.MaxValue)]
    public int MaxTools { get; set; } = 64;

    /// <summary>Bytes of a version in canonical form. 512 KiB.</summary>
    [Range(1, int.MaxValue)]
    public int MaxContentBytes { get; set; } = 512 * 1024;

    /// <summary>Characters of a rendered message. 2,000,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxRenderedLength { get; set; } = 2_000_000;

    /// <summary>Steps of filling in a prompt: nodes written, rounds of lists, 64 bytes of a value. 1,000,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxRenderSteps { get; set; } = 1_000_000;

    /// <summary>Versions of a prompt. 5,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxVersions { get; set; } = 5_000;

    /// <summary>Labels of a prompt. 50.</summary>
    [Range(1, int.MaxValue)]
    public int MaxLabels { get; set; } = 50;

    /// <summary>Prompts of a project. 5,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxPrompts { get; set; } = 5_000;

    /// <summary>Characters of a note or a description. 2,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxNoteLength { get; set; } = 2_000;
}
