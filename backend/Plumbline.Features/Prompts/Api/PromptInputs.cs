using Plumbline.Features.Kernel.Inputs;

namespace Plumbline.Features.Prompts.Api;

internal sealed record SavePromptVersionInput(string ProjectId, string PromptName, PromptContentInput Content, string? Note, int? ExpectedParent);

internal sealed record SetPromptLabelInput(string PromptId, string Label, int Number);
