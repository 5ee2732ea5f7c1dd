namespace Plumbline.Features.Reviews.State;

/// <summary>That a reviewer would not judge an item, and why; older skips may say no reason.</summary>
internal sealed record QueueSkip(string ReviewerId, string? Reason, DateTimeOffset At);
