namespace Plumbline.Contracts.Grains;

/// <summary>A call that leaves the same behind whether it runs once or twice, and makes no change that its caller was asked to make: all
/// that reads, and what is merely noted, such as that a key was used. After a failure between processes it is sent once more. What does not
/// say so counts as a change, which nobody repeats without being asked.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RepeatableAttribute : Attribute;
