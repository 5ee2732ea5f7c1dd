namespace Plumbline.Features;

/// <summary>Input of every mutation that takes nothing but an id.</summary>
internal sealed record IdInput(string Id);
